package org.pxemesh.agent.uplink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.RecordsShared;
import org.pxemesh.agent.mesh.MeshMessage.SnapshotTold;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.policy.PolicySnapshot;

/**
 * All that HQ said, kept on disk and verified again whenever it comes from somewhere: Kafka, a neighbour, or the disk.
 *
 * <p>Records of another Kafka cluster (HQ was set up anew) are gathered beside the snapshot and replace it only when
 * they are complete and their signed epoch is not older: until then agents act on what they have.
 */
public final class SnapshotStore {
    private static final Logger LOG = Logger.getLogger(SnapshotStore.class);

    private final RecordCheck check;
    private final SnapshotFile file;
    private final Clock clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Snapshot snapshot = new Snapshot();
    private String cluster = "";
    private Map<String, Long> offsets = Map.of();
    private @Nullable Rebuild rebuild;
    private boolean dirty;
    private volatile PolicySnapshot policy = PolicySnapshot.EMPTY;

    private record Rebuild(String cluster, Snapshot snapshot) {}

    public SnapshotStore(Path stateDir, TrustedKeys trusted, Clock clock) {
        this.check = new RecordCheck(trusted);
        this.file = new SnapshotFile(stateDir.resolve("snapshot.json"));
        this.clock = clock;
    }

    /** Reads what a former run kept; a record that is no longer trusted is left out and will be asked again. */
    public synchronized void load() {
        file.read().ifPresent(kept -> {
            cluster = kept.cluster();
            var refused = 0;
            for (var record : kept.records()) {
                refused += takeInto(snapshot, record) instanceof Verdict.Refused ? 1 : 0;
            }
            // With a hole in it, only a reading from the start makes it whole.
            offsets = refused == 0 ? kept.offsets() : Map.of();
            LOG.infof("event=snapshot-loaded records=%d refused=%d cluster=%s", snapshot.live(), refused, cluster);
        });
        policy = snapshot.policy();
    }

    /** What the records mean. Cheap. */
    public PolicySnapshot policy() {
        return policy;
    }

    /** The later of this machine's clock and HQ's signed time: a clock set back must not revive an old epoch. */
    public Instant now() {
        var wall = clock.instant();
        return policy.epoch()
                .map(EpochRenewed::issuedAt)
                .filter(issued -> issued.isAfter(wall))
                .orElse(wall);
    }

    /** Called after each change of what is known, from the thread that made it. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Takes a record in, if it is to be trusted.
     *
     * @param from the Kafka cluster that it was read from
     */
    public Verdict take(String from, SignedRecord record) {
        Verdict verdict;
        synchronized (this) {
            verdict = takeInto(isOf(from) ? snapshot : rebuildOf(from).snapshot, record);
            dirty |= verdict instanceof Verdict.Applied;
            policy = snapshot.policy();
        }
        if (verdict instanceof Verdict.Applied) {
            listeners.forEach(Runnable::run);
        }
        return verdict;
    }

    /** Follows a tombstone of HQ. */
    public synchronized void bury(String from, String topic, String key) {
        dirty |= (isOf(from) ? snapshot : rebuildOf(from).snapshot).bury(topic, key);
    }

    /** Everything up to these offsets was taken in; a rebuilt snapshot takes its place now. */
    public void caughtUp(String from, Map<String, Long> latest) {
        boolean swapped;
        synchronized (this) {
            swapped = !isOf(from);
            if (swapped && !swap(rebuildOf(from))) {
                return;
            }
            cluster = from;
            dirty |= !offsets.equals(latest);
            offsets = Map.copyOf(latest);
            policy = snapshot.policy();
        }
        // Else each record was told of as it came, and offsets alone say nothing new.
        if (swapped) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Whether these offsets and records are what a neighbour has; then its offsets hold here too. */
    public synchronized boolean agreesWith(SnapshotTold told) {
        var judged = isOf(told.cluster()) ? snapshot : rebuildOf(told.cluster()).snapshot;
        return judged.live() == told.records() && judged.digest() == told.digest();
    }

    /** What to tell the neighbours. */
    public synchronized SnapshotTold told() {
        return new SnapshotTold(cluster, snapshot.live(), snapshot.digest(), offsets);
    }

    /** The next offsets to read of a cluster; nothing when it is another one than the snapshot's. */
    public synchronized Map<String, Long> offsets(String of) {
        return isOf(of) ? offsets : Map.of();
    }

    /** Some records after a place, for a neighbour that asked. */
    public synchronized RecordsShared page(String after) {
        var page = snapshot.page(after);
        return new RecordsShared(cluster, page.records(), page.next() == null ? "" : page.next());
    }

    /** Writes what changed since the last time. */
    public void save() {
        SnapshotFile.Kept kept;
        synchronized (this) {
            if (!dirty) {
                return;
            }
            dirty = false;
            kept = SnapshotFile.kept(cluster, offsets, snapshot.all());
        }
        try {
            file.write(kept);
        } catch (IOException e) {
            LOG.warnf("event=snapshot-not-saved reason=%s", e.getMessage());
            synchronized (this) {
                dirty = true;
            }
        }
    }

    private boolean isOf(String other) {
        return cluster.isEmpty() || cluster.equals(other);
    }

    private Rebuild rebuildOf(String other) {
        if (rebuild == null || !rebuild.cluster.equals(other)) {
            LOG.infof("event=snapshot-rebuild from=%s to=%s", cluster, other);
            rebuild = new Rebuild(other, new Snapshot());
        }
        return rebuild;
    }

    private boolean swap(Rebuild rebuilt) {
        var mine = snapshot.policy().epoch().map(EpochRenewed::issuedAt);
        var its = rebuilt.snapshot.policy().epoch().map(EpochRenewed::issuedAt);
        if (its.isEmpty() || mine.filter(issued -> issued.isAfter(its.get())).isPresent()) {
            LOG.warnf("event=snapshot-kept reason=older-epoch mine=%s other=%s", mine, its);
            return false;
        }
        snapshot = rebuilt.snapshot;
        rebuild = null;
        dirty = true;
        return true;
    }

    private Verdict takeInto(Snapshot target, SignedRecord record) {
        return switch (check.check(record, now())) {
            case RecordCheck.Outcome.Bad(var verdict) -> verdict;
            case RecordCheck.Outcome.Good(var event) ->
                target.put(record, event) ? new Verdict.Applied() : new Verdict.Known();
        };
    }
}

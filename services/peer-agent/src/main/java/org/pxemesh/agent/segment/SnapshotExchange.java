package org.pxemesh.agent.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.mesh.MeshMessage.RecordsShared;
import org.pxemesh.agent.mesh.MeshMessage.SnapshotAsked;
import org.pxemesh.agent.mesh.MeshMessage.SnapshotTold;
import org.pxemesh.agent.uplink.SnapshotStore;
import org.pxemesh.agent.uplink.Verdict;
import org.pxemesh.events.SignedRecord;

/**
 * Keeps the snapshots of a segment alike. The uplink shares each record as it comes and tells what its snapshot looks
 * like; whoever sees another one asks for all of it, page by page. Every record is verified by whoever takes it in, so a
 * neighbour can at worst withhold something.
 *
 * <p>Confined to the segment's thread, but for {@link #offer}.
 */
final class SnapshotExchange {
    private static final Logger LOG = Logger.getLogger(SnapshotExchange.class);
    private static final int SHARE_BYTES = 192 * 1024;
    private static final long AGAIN_NANOS = 20_000_000_000L;
    private static final int REMEMBERED = 64;

    private final SnapshotStore store;
    private final Wire wire;
    private final Map<UUID, SnapshotTold> latest = bounded();
    private final Map<List<Object>, Long> answered = bounded();
    private final List<SignedRecord> fresh = new ArrayList<>();
    private String freshCluster = "";

    /** How messages leave, and what happens to a record that came in. */
    interface Wire {
        boolean send(UUID to, MeshMessage message);

        boolean broadcast(MeshMessage message);

        void refused(UUID from, SignedRecord record, Verdict.Refused verdict);

        boolean isUplink(UUID peer);

        /** Whether this peer is the uplink and reaches HQ. */
        boolean isConnected();
    }

    SnapshotExchange(SnapshotStore store, Wire wire) {
        this.store = store;
        this.wire = wire;
    }

    /** Uplink: a record came from HQ and holds. Any thread. */
    void offer(String cluster, SignedRecord record) {
        synchronized (fresh) {
            freshCluster = cluster;
            fresh.add(record);
        }
    }

    /** Uplink: shares what came since the last time. */
    void share() {
        List<SignedRecord> batch;
        String cluster;
        synchronized (fresh) {
            batch = List.copyOf(fresh);
            cluster = freshCluster;
            fresh.clear();
        }
        List<SignedRecord> part = new ArrayList<>();
        var bytes = 0L;
        for (var record : batch) {
            bytes += record.envelope().data().length * 4L / 3 + 512;
            if (bytes > SHARE_BYTES && !part.isEmpty()) {
                wire.broadcast(new RecordsShared(cluster, List.copyOf(part), null));
                part.clear();
                bytes = 0;
            }
            part.add(record);
        }
        if (!part.isEmpty()) {
            wire.broadcast(new RecordsShared(cluster, List.copyOf(part), null));
        }
    }

    /** Uplink: tells everybody what its snapshot looks like. */
    void tell() {
        wire.broadcast(store.told());
    }

    void onTold(UUID from, SnapshotTold told) {
        latest.put(from, told);
        if (!told.cluster().isEmpty() && store.agreesWith(told)) {
            if (wire.isUplink(from)) {
                store.caughtUp(told.cluster(), told.offsets());
            }
            return;
        }
        if (wire.isConnected()) {
            // What HQ says is here first-hand: the other one asks us.
            once(from, told, store.told());
        } else if (told.records() > 0) {
            once(from, told, new SnapshotAsked(""));
        } else if (store.told().records() > 0) {
            once(from, told, store.told());
        }
    }

    /** Tells an uplink what this peer has: it answers if it has something else. */
    void introduce(UUID uplink) {
        wire.send(uplink, store.told());
    }

    private void once(UUID from, SnapshotTold told, MeshMessage answer) {
        var pair = List.<Object>of(from, told.digest(), store.told().digest());
        var now = System.nanoTime();
        var last = answered.get(pair);
        // Whoever cannot agree (it trusts other keys, say) must not move whole snapshots in a loop.
        if ((last == null || now - last > AGAIN_NANOS) && wire.send(from, answer)) {
            answered.put(pair, now);
        }
    }

    void onAsked(UUID from, SnapshotAsked request) {
        wire.send(from, store.page(request.after()));
    }

    /** An answer's last page has an empty {@code next}; shared records that nobody asked for have none. */
    void onRecords(UUID from, RecordsShared shared) {
        var applied = 0;
        for (var record : shared.records()) {
            var verdict = store.take(shared.cluster(), record);
            if (verdict instanceof Verdict.Refused refused) {
                wire.refused(from, record, refused);
            }
            applied += verdict instanceof Verdict.Applied ? 1 : 0;
        }
        var next = shared.next();
        if (next == null) {
            return;
        }
        if (!next.isEmpty()) {
            wire.send(from, new SnapshotAsked(next));
            return;
        }
        LOG.debugf("event=snapshot-taken-over from=%s applied=%d", from, applied);
        afterPull(from, latest.get(from));
    }

    private void afterPull(UUID from, @Nullable SnapshotTold told) {
        if (told == null) {
            return;
        }
        if (store.agreesWith(told)) {
            if (wire.isUplink(from)) {
                store.caughtUp(told.cluster(), told.offsets());
            }
        } else if (wire.isUplink(from)) {
            // We have what the uplink lacks: it asks us in turn.
            wire.send(from, store.told());
        }
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }
}

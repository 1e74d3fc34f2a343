package org.pxemesh.agent.content;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmEffect;
import org.pxemesh.content.swarm.SwarmEvent;
import org.pxemesh.content.swarm.SwarmJob;
import org.pxemesh.content.swarm.SwarmLimits;
import org.pxemesh.content.swarm.SwarmState;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentProgressed;
import org.pxemesh.events.ContentRejected;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageState;

/**
 * Carries out the swarm's decisions: fetches chunks from HQ (as uplink) or from neighbours, verifies and stores them, and
 * tells the neighbours. All state belongs to one thread; requests and their answers come to it as tasks.
 */
public final class Swarm implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Swarm.class);
    private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long REJECTED_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int REMEMBERED = 256;
    private static final String DISK = "disk";

    private final UUID self;
    private final DiskStore store;
    private final ContentClient client;
    private final ContentPlaces places;
    private final Neighbourhood neighbourhood;
    private final LocalReuse reuse;
    private final Map<String, PackageJob> jobs = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("swarm").factory());
    private final Map<String, Long> rejected = new HashMap<>();
    private final Set<Object> grants = new HashSet<>();
    private boolean wanGranted;
    private volatile List<HeldPackage> held = List.of();

    public Swarm(UUID self, DiskStore store, ContentClient client, ContentPlaces places, Neighbourhood neighbourhood) {
        this.self = self;
        this.store = store;
        this.client = client;
        this.places = places;
        this.neighbourhood = neighbourhood;
        this.reuse = new LocalReuse(store);
    }

    /** The packages that this peer holds or gathers. */
    public List<HeldPackage> held() {
        return held;
    }

    /** References of the packages that are whole here. */
    public Set<String> whole() {
        return held.stream()
                .filter(HeldPackage::complete)
                .map(HeldPackage::packageRef)
                .collect(Collectors.toSet());
    }

    /** Holds these packages from now on; what is no longer wanted is not offered any more. */
    public void want(Collection<PackageState> packages) {
        run(() -> {
            Map<String, PackageState> wanted = new LinkedHashMap<>();
            packages.forEach(pkg -> wanted.put(pkg.ref(), pkg));
            jobs.keySet().retainAll(new HashSet<>(wanted.keySet()));
            wanted.values().forEach(pkg -> jobs.computeIfAbsent(pkg.ref(), ref -> begin(pkg)));
            refreshHeld(true);
            jobs.values().forEach(this::seekManifest);
        });
    }

    /** Whether this peer is the uplink of a segment, and so may fetch over the WAN. */
    public void wan(Object segment, boolean granted) {
        run(() -> {
            if (granted) {
                grants.add(segment);
            } else {
                grants.remove(segment);
            }
            if (wanGranted == !grants.isEmpty()) {
                return;
            }
            wanGranted = !grants.isEmpty();
            for (var job : List.copyOf(jobs.values())) {
                if (job.swarm == null) {
                    seekManifest(job);
                } else {
                    apply(job, wanEvent(job.index));
                }
            }
        });
    }

    /** A neighbour told what it has; whatever is in it. */
    public void told(UUID from, HoldingsTold told) {
        run(() -> {
            var job = jobs.get(told.packageRef());
            if (job == null || !told.manifest().equals(job.pkg.manifestSha256())) {
                return;
            }
            var peer = new Source.Peer(from);
            if (job.swarm == null || job.index == null) {
                job.early.put(peer, told.bits());
                seekManifest(job);
                return;
            }
            announced(job, peer, told.bits());
        });
    }

    /** A neighbour left. */
    public void left(UUID peer) {
        run(() -> {
            for (var job : List.copyOf(jobs.values())) {
                job.early.remove(new Source.Peer(peer));
                if (job.swarm != null) {
                    apply(job, new SwarmEvent.PeerLeft(new Source.Peer(peer)));
                }
            }
        });
    }

    /** There are neighbours that know nothing of us yet. */
    public void introduce() {
        run(() -> jobs.values().forEach(job -> {
            if (job.swarm != null) {
                tell(job, job.swarm.held());
            }
        }));
    }

    private PackageJob begin(PackageState pkg) {
        return new PackageJob(pkg, System.nanoTime());
    }

    private void seekManifest(PackageJob job) {
        if (job.swarm != null || job.askingForManifest) {
            return;
        }
        var kept = store.manifestBytes(new Sha256(job.pkg.manifestSha256()));
        if (kept.isPresent() && adopt(job, kept.get(), DISK)) {
            return;
        }
        var source = manifestSource(job);
        if (source.isEmpty()) {
            retryManifest(job);
            return;
        }
        job.askingForManifest = true;
        client.manifest(source.get())
                .onComplete(answer -> run(() -> {
                    job.askingForManifest = false;
                    if (!answer.succeeded()
                            || !adopt(
                                    job,
                                    answer.result().getBytes(),
                                    source.get().toString())) {
                        job.manifestFailures++;
                        retryManifest(job);
                    }
                }));
    }

    /** HQ for the uplink; else the neighbours that spoke of the package, then the others, one after the other. */
    private Optional<URI> manifestSource(PackageJob job) {
        if (wanGranted) {
            return Optional.of(places.manifestAtHq(job.pkg));
        }
        var candidates = new ArrayList<UUID>();
        job.early.keySet().forEach(peer -> candidates.add(peer.id()));
        neighbourhood.neighbours().forEach(candidates::add);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        var next = candidates.get(Math.floorMod(job.manifestFailures, candidates.size()));
        return neighbourhood.address(next).map(address -> places.manifestAt(address, job.pkg));
    }

    private void retryManifest(PackageJob job) {
        var pause = Math.min(8_000L, 250L << Math.min(job.manifestFailures, 5));
        thread.schedule(
                guarded(() -> {
                    if (jobs.get(job.ref()) == job) {
                        seekManifest(job);
                    }
                }),
                pause,
                TimeUnit.MILLISECONDS);
    }

    private boolean adopt(PackageJob job, byte[] bytes, String source) {
        try {
            var index = new ChunkIndex(store.adopt(job.pkg, bytes));
            var found = store.holdings(index);
            var foundBytes = bytesOf(index, found);
            job.askingForManifest = true;
            reuse.copy(
                    job.ref(),
                    index,
                    found,
                    (held, copied) -> run(() -> {
                        job.askingForManifest = false;
                        // What a package has before its manifest ever was here, it has from others.
                        job.reusedBytes = source.equals(DISK) ? copied : copied + foundBytes;
                        gather(job, index, held, source);
                    }));
            return true;
        } catch (ManifestException e) {
            reject("manifest", job.pkg.manifestSha256(), source, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warnf("event=content-not-kept package=%s reason=%s", job.ref(), e.getMessage());
        }
        return false;
    }

    private void gather(PackageJob job, ChunkIndex index, Holdings found, String source) {
        if (jobs.get(job.ref()) != job) {
            return;
        }
        job.index = index;
        job.bytesHeld = bytesOf(index, found);
        LOG.infof(
                "event=manifest-adopted package=%s source=%s chunks=%d held=%d",
                job.ref(), source, index.size(), found.count());
        var seed = self.getMostSignificantBits() ^ self.getLeastSignificantBits();
        var begun = SwarmState.begin(new SwarmJob(PackageId.parse(job.ref()), index, SwarmLimits.DEFAULT, seed), found);
        job.swarm = begun.state();
        // Neighbours answer an introduction, so even an empty one is worth sending.
        tell(job, found);
        begun.effects().forEach(effect -> carryOut(job, effect));
        job.early.forEach((peer, bits) -> announced(job, peer, bits));
        job.early.clear();
        apply(job, wanEvent(index));
        refreshHeld(found.isComplete());
    }

    private static long bytesOf(ChunkIndex index, Holdings held) {
        return IntStream.range(0, index.size())
                .filter(held::has)
                .mapToLong(chunk -> index.ref(chunk).chunk().length())
                .sum();
    }

    private SwarmEvent wanEvent(@Nullable ChunkIndex index) {
        return wanGranted && index != null
                ? new SwarmEvent.WanGranted(Holdings.all(index.size()))
                : new SwarmEvent.WanRevoked();
    }

    private void announced(PackageJob job, Source.Peer peer, byte[] bits) {
        if (job.index == null) {
            return;
        }
        try {
            apply(job, new SwarmEvent.PeerAnnounced(peer, Holdings.fromBytes(job.index.size(), bits)));
        } catch (IllegalArgumentException e) {
            LOG.debugf("event=holdings-refused peer=%s reason=%s", peer.id(), e.getMessage());
        }
    }

    private void apply(PackageJob job, SwarmEvent event) {
        if (job.swarm == null || jobs.get(job.ref()) != job) {
            return;
        }
        var step = SwarmState.apply(job.swarm, event);
        job.swarm = step.state();
        step.effects().forEach(effect -> carryOut(job, effect));
        report(job);
    }

    private void carryOut(PackageJob job, SwarmEffect effect) {
        switch (effect) {
            case SwarmEffect.FetchChunk fetch -> fetch(job, fetch);
            case SwarmEffect.Announce(var holdings) -> tell(job, holdings);
            case SwarmEffect.Completed ignored -> completed(job);
            case SwarmEffect.Rejected rejected ->
                reject("chunk", job.ref(), rejected.source().toString(), rejected.reason());
            case SwarmEffect.RetryLater(var source, var failures) ->
                thread.schedule(
                        guarded(() -> apply(job, new SwarmEvent.SourceRested(source))),
                        Math.min(30_000L, 250L << Math.min(failures, 7)),
                        TimeUnit.MILLISECONDS);
        }
    }

    private void fetch(PackageJob job, SwarmEffect.FetchChunk fetch) {
        var place = switch (fetch.source()) {
            case Source.Wan ignored ->
                Optional.of(places.fileAtHq(job.pkg, fetch.ref().file()));
            case Source.Peer(var id) ->
                neighbourhood
                        .address(id)
                        .map(address -> places.fileAt(address, fetch.ref().file()));
        };
        if (place.isEmpty()) {
            run(() -> apply(job, new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "no address")));
            return;
        }
        client.chunk(place.get(), fetch.ref().chunk())
                .onComplete(answer -> run(() -> {
                    if (answer.succeeded()) {
                        store(job, fetch, answer.result());
                    } else {
                        LOG.debugf("event=chunk-failed from=%s reason=%s", place.get(), answer.cause());
                        apply(
                                job,
                                new SwarmEvent.ChunkFailed(
                                        fetch.source(),
                                        fetch.chunk(),
                                        answer.cause().toString()));
                    }
                }));
    }

    private void store(PackageJob job, SwarmEffect.FetchChunk fetch, Buffer bytes) {
        try {
            var chunk = fetch.ref().chunk();
            var isNew = job.swarm != null && !job.swarm.held().has(fetch.chunk());
            var verdict = store.write(fetch.ref().file(), chunk, ByteBuffer.wrap(bytes.getBytes()));
            if (verdict == Verdict.GOOD) {
                if (isNew) {
                    job.count(fetch.source(), chunk.length());
                }
                apply(job, new SwarmEvent.ChunkStored(fetch.source(), fetch.chunk()));
            } else if (verdict == Verdict.WRONG_LENGTH) {
                apply(job, new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "wrong length"));
            } else {
                apply(job, new SwarmEvent.ChunkCorrupt(fetch.source(), fetch.chunk()));
            }
        } catch (IOException e) {
            LOG.warnf("event=chunk-not-stored package=%s reason=%s", job.ref(), e.getMessage());
            apply(job, new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "disk: " + e.getMessage()));
        }
    }

    private void completed(PackageJob job) {
        store.save();
        refreshHeld(true);
        var seconds = (System.nanoTime() - job.startedNanos) / 1e9;
        LOG.infof(
                "event=content-completed package=%s bytes=%d wan=%d lan=%d reused=%d seconds=%.1f",
                job.ref(), job.bytesHeld, job.wanBytes, job.lanBytes, job.reusedBytes, seconds);
        var wan = job.wanBytes;
        var lan = job.lanBytes;
        var reused = job.reusedBytes;
        var bytes = job.bytesHeld;
        neighbourhood.publish((site, segment, peer) ->
                new ContentCompleted(site, segment, peer, job.ref(), bytes, wan, lan, seconds, reused));
    }

    private void report(PackageJob job) {
        var now = System.nanoTime();
        if (job.isComplete()
                || job.bytesHeld == job.reportedBytes
                || now - job.reportedNanos < REPORT_EVERY_NANOS
                || job.index == null) {
            return;
        }
        job.reportedBytes = job.bytesHeld;
        job.reportedNanos = now;
        var bytes = job.bytesHeld;
        var total = job.index.bytes();
        var wan = job.wanBytes;
        var lan = job.lanBytes;
        var reused = job.reusedBytes;
        refreshHeld(false);
        neighbourhood.publish((site, segment, peer) ->
                new ContentProgressed(site, segment, peer, job.ref(), bytes, total, wan, lan, reused));
    }

    /** Logged and told to HQ once in ten minutes: a damaged source is asked again and again. */
    private void reject(String what, String name, String source, String reason) {
        var now = System.nanoTime();
        var last = rejected.get(source + reason);
        if (last != null && now - last < REJECTED_AGAIN_NANOS) {
            return;
        }
        if (rejected.size() >= REMEMBERED) {
            rejected.clear();
        }
        rejected.put(source + reason, now);
        LOG.warnf("event=content-rejected what=%s name=%s source=%s reason=%s", what, name, source, reason);
        neighbourhood.publish(
                (site, segment, peer) -> new ContentRejected(site, segment, peer, what, name, source, reason));
    }

    private void tell(PackageJob job, Holdings holdings) {
        neighbourhood.tell(new HoldingsTold(job.ref(), job.pkg.manifestSha256(), holdings.toBytes()));
    }

    private void refreshHeld(boolean holdersChanged) {
        held = jobs.values().stream()
                .map(job -> new HeldPackage(
                        job.ref(),
                        job.bytesHeld,
                        job.index == null ? job.pkg.bytes() : job.index.bytes(),
                        job.isComplete()))
                .toList();
        if (holdersChanged) {
            neighbourhood.holdersChanged();
        }
    }

    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(guarded(task));
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("event=swarm-task-failed", e);
            }
        };
    }

    @Override
    public void close() {
        reuse.close();
        thread.shutdownNow();
        store.save();
    }
}

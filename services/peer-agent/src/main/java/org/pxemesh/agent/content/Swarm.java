package org.pxemesh.agent.content;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.mesh.MeshMessage.ChunksTold;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.agent.store.ContentKeeper;
import org.pxemesh.agent.store.ContentKeeper.NoRoom;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmEffect;
import org.pxemesh.content.swarm.SwarmEvent;
import org.pxemesh.content.swarm.SwarmJob;
import org.pxemesh.content.swarm.SwarmLimits;
import org.pxemesh.content.swarm.SwarmState;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageState;

/**
 * Carries out the swarm's decisions: has chunks fetched from HQ (as uplink) or from neighbours and tells the neighbours.
 * All state belongs to one thread; requests and their answers come to it as tasks.
 */
public final class Swarm implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Swarm.class);
    private static final long ROOM_AGAIN_MILLIS = 30_000;

    /** How long what others own is left to them while they say nothing. */
    private static final long PATIENCE_MILLIS = 300;

    private static final long BUSY_MILLIS = 100;

    private final UUID self;
    private final DiskStore store;
    private final ContentKeeper keeper;
    private final Neighbourhood neighbourhood;
    private final SwarmThread thread = new SwarmThread();
    private final ContentReports reports;
    private final ChunkFetcher fetcher;
    private final ManifestSeeker manifests;
    private final LocalReuse reuse;
    private final Announcer announcer;
    private final WanGrants wan;
    private final Streams streams;
    private final Map<String, PackageJob> jobs = new LinkedHashMap<>();
    private volatile List<HeldPackage> held = List.of();
    private volatile List<String> problems = List.of();
    private volatile List<PackageJob> all = List.of();

    public Swarm(
            UUID self,
            DiskStore store,
            ContentKeeper keeper,
            ContentClient client,
            ContentPlaces places,
            Neighbourhood neighbourhood) {
        this.self = self;
        this.store = store;
        this.keeper = keeper;
        this.neighbourhood = neighbourhood;
        this.reports = new ContentReports(neighbourhood);
        this.announcer = new Announcer(thread, neighbourhood);
        this.wan = new WanGrants(neighbourhood, this::apply);
        this.streams = new Streams(store, this::apply, this::hurry);
        this.reuse = new LocalReuse(store);
        this.fetcher = new ChunkFetcher(
                client,
                places,
                neighbourhood,
                store,
                (job, why) -> thread.run(() -> shelve(job, new NoRoom(0, 0, "the disk refused: " + why))));
        this.manifests =
                new ManifestSeeker(thread, store, client, places, neighbourhood, reports, wan::isGranted, new Begin());
    }

    /** The packages that this peer holds or gathers. */
    public List<HeldPackage> held() {
        return held;
    }

    /** Packages that cannot be kept here now, and why, in words. */
    public List<String> problems() {
        return problems;
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
        thread.run(() -> {
            Map<String, PackageState> wanted = new LinkedHashMap<>();
            packages.forEach(pkg -> wanted.put(pkg.ref(), pkg));
            // What is on its way for the others is given up.
            jobs.forEach((ref, job) -> job.swarm = wanted.containsKey(ref) ? job.swarm : null);
            jobs.keySet().retainAll(new HashSet<>(wanted.keySet()));
            keeper.want(wanted.values());
            wanted.values()
                    .forEach(pkg -> jobs.computeIfAbsent(pkg.ref(), ref -> new PackageJob(pkg, System.nanoTime())));
            all = List.copyOf(jobs.values());
            streams.are(all);
            refreshHeld(true);
            all.forEach(manifests::seek);
        });
    }

    /** Whether this peer is the uplink of a segment, and so may fetch over the WAN. */
    public void wan(Object segment, boolean granted) {
        thread.run(() -> {
            if (wan.change(segment, granted)) {
                all.forEach(wan::grant);
                all.forEach(manifests::seek);
            }
        });
    }

    /** The uplink of another segment of the site said what it has. */
    public void far(UUID segment, UUID peer, List<HoldingsTold> packages) {
        thread.run(() -> wan.said(segment, peer, packages, all));
    }

    /** The uplink of another segment is out of reach. */
    public void farLost(UUID segment, UUID peer) {
        thread.run(() -> wan.lost(segment, peer, all));
    }

    /** Time passed, or there are other segments to share with. */
    public void shareAnew() {
        thread.run(() -> all.forEach(wan::again));
    }

    /** Whether something that is wanted here is not whole yet. Any thread. */
    public boolean isGathering() {
        return all.stream().anyMatch(job -> !job.isComplete());
    }

    /** What is still arriving here, for those who serve boot clients. */
    public Arrivals arrivals() {
        return streams;
    }

    /** Time passed: what boot clients need next may be something else. */
    public void hurry() {
        thread.run(streams::hurry);
    }

    /** What this peer tells the uplinks of the site's other segments. Any thread. */
    public List<HoldingsTold> words() {
        return all.stream()
                .flatMap(job -> {
                    var state = job.swarm;
                    return state == null ? Stream.empty() : Stream.of(word(job, state.held()));
                })
                .toList();
    }

    /** Where the bytes of the packages came from, for whoever sits at the machine. Any thread. */
    public Map<String, Map<String, Long>> sources() {
        Map<String, Map<String, Long>> byPackage = new TreeMap<>();
        for (var job : all) {
            Map<String, Long> bySource = new TreeMap<>();
            job.sources.forEach((source, bytes) -> bySource.put(source.toString(), bytes));
            byPackage.put(job.ref(), bySource);
        }
        return byPackage;
    }

    /** A neighbour told what it has; whatever is in it. */
    public void told(UUID from, HoldingsTold told) {
        thread.run(() -> {
            var job = jobs.get(told.packageRef());
            if (job == null || !told.manifest().equals(job.pkg.manifestSha256())) {
                return;
            }
            var peer = new Source.Peer(from);
            if (job.swarm == null || job.index == null) {
                job.early.put(peer, told.bits());
                manifests.seek(job);
                return;
            }
            announced(job, peer, told.bits());
        });
    }

    /** A neighbour told what it has more than before; whatever is in it. */
    public void told(UUID from, ChunksTold told) {
        thread.run(() -> {
            var job = jobs.get(told.packageRef());
            // Before the manifest is here, its introduction will tell all of it.
            if (job != null && job.swarm != null && told.manifest().equals(job.pkg.manifestSha256())) {
                apply(job, new SwarmEvent.PeerGained(new Source.Peer(from), told.chunks()));
            }
        });
    }

    /** A neighbour left. */
    public void left(UUID peer) {
        thread.run(() -> {
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
        thread.run(() -> jobs.values().forEach(job -> {
            if (job.swarm != null) {
                tell(job, job.swarm.held());
            }
        }));
    }

    /** The disk lost a chunk: it is fetched again, from a neighbour where one has it. */
    public void lost(Sha256 file, Chunk chunk) {
        thread.run(() -> {
            for (var job : List.copyOf(jobs.values())) {
                if (job.index != null && job.swarm != null) {
                    lost(job, job.index, new ChunkIndex.Ref(file, chunk));
                }
            }
        });
    }

    private void lost(PackageJob job, ChunkIndex index, ChunkIndex.Ref ref) {
        for (var number = 0; number < index.size(); number++) {
            if (index.ref(number).equals(ref)
                    && job.swarm != null
                    && job.swarm.held().has(number)) {
                job.bytesHeld -= ref.chunk().length();
                reports.rejected(
                        "chunk",
                        job.ref(),
                        "own disk",
                        "chunk " + number + " of file " + ref.file() + " had other bytes than were stored");
                apply(job, new SwarmEvent.ChunkLost(number));
                refreshHeld(true);
            }
        }
    }

    /** Nothing is gathered that has no room; it is looked for again in a while. */
    private void shelve(PackageJob job, NoRoom no) {
        if (jobs.get(job.ref()) != job || job.problem != null) {
            return;
        }
        reports.notKept(job.ref(), no);
        job.problem = job.ref() + " is not kept here: " + no.reason();
        job.swarm = null;
        job.index = null;
        job.share = null;
        job.granted = null;
        job.askingForManifest = true;
        refreshHeld(true);
        thread.later(
                () -> {
                    job.problem = null;
                    job.askingForManifest = false;
                    if (jobs.get(job.ref()) == job) {
                        manifests.seek(job);
                    }
                },
                ROOM_AGAIN_MILLIS);
    }

    /** Bytes that the other packages are still to store. */
    private long promised(PackageJob except) {
        return jobs.values().stream()
                .filter(job -> job != except && job.swarm != null && job.index != null)
                .mapToLong(job -> job.index == null ? 0 : job.index.bytes() - job.bytesHeld)
                .sum();
    }

    /** The manifest is here: first what other packages on this disk have, then the network. */
    private void begin(PackageJob job, ChunkIndex index, String source) {
        var found = store.holdings(index);
        var foundBytes = bytesOf(index, found);
        var noRoom = keeper.admit(job.ref(), index.bytes() - foundBytes, promised(job), reuse.sources(index, found));
        if (noRoom.isPresent()) {
            shelve(job, noRoom.get());
            return;
        }
        job.askingForManifest = true;
        reuse.copy(
                job.ref(),
                index,
                found,
                (held, copied) -> thread.run(() -> {
                    job.askingForManifest = false;
                    // What a package has before its manifest ever was here, it has from others.
                    job.reusedBytes = source.equals(ManifestSeeker.DISK) ? copied : copied + foundBytes;
                    gather(job, index, held, source);
                }));
    }

    private void gather(PackageJob job, ChunkIndex index, Holdings found, String source) {
        if (jobs.get(job.ref()) != job) {
            return;
        }
        job.index = index;
        job.hurried = List.of();
        job.bytesHeld = bytesOf(index, found);
        LOG.infof(
                "event=manifest-adopted package=%s source=%s chunks=%d held=%d",
                job.ref(), source, index.size(), found.count());
        var begun = SwarmState.begin(new SwarmJob(PackageId.parse(job.ref()), index, SwarmLimits.DEFAULT, self), found);
        job.swarm = begun.state();
        // Neighbours answer an introduction, so even an empty one is worth sending.
        tell(job, found);
        begun.effects().forEach(effect -> carryOut(job, effect));
        job.early.forEach((peer, bits) -> announced(job, peer, bits));
        job.early.clear();
        wan.grant(job);
        refreshHeld(found.isComplete());
    }

    private static long bytesOf(ChunkIndex index, Holdings held) {
        return IntStream.range(0, index.size())
                .filter(held::has)
                .mapToLong(chunk -> index.ref(chunk).chunk().length())
                .sum();
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
        if (job.swarm == null || job.index == null || jobs.get(job.ref()) != job) {
            return;
        }
        if (event instanceof SwarmEvent.ChunkStored(var source, var chunk)
                && !job.swarm.held().has(chunk)) {
            job.count(source, job.index.ref(chunk).chunk().length());
        }
        var step = SwarmState.apply(job.swarm, event);
        job.swarm = step.state();
        step.effects().forEach(effect -> carryOut(job, effect));
        if (event instanceof SwarmEvent.ChunkStored) {
            // Also when it is done with its own part, and helps with another's.
            wan.judge(job);
        }
        if (reports.progressed(job)) {
            refreshHeld(false);
        }
    }

    private void carryOut(PackageJob job, SwarmEffect effect) {
        switch (effect) {
            case SwarmEffect.FetchChunk fetch -> {
                if (job.swarm != null) {
                    keeper.mayStore(fetch.ref().chunk().length())
                            .ifPresentOrElse(
                                    no -> shelve(job, no),
                                    () -> fetcher.fetch(job, fetch, outcome -> thread.run(() -> apply(job, outcome))));
                }
            }
            case SwarmEffect.Announce ignored -> announcer.all(job, () -> tellAll(job));
            case SwarmEffect.AnnounceChunk(var chunk, var urgent) -> {
                announcer.gained(job, chunk, urgent);
                neighbourhood.held();
            }
            case SwarmEffect.WaitForOthers ignored ->
                thread.later(() -> apply(job, new SwarmEvent.PatienceOver()), PATIENCE_MILLIS);
            case SwarmEffect.Completed ignored -> completed(job);
            case SwarmEffect.Rejected rejected ->
                reports.rejected("chunk", job.ref(), rejected.source().toString(), rejected.reason());
            case SwarmEffect.RetryLater(var source, var failures) ->
                thread.later(
                        () -> apply(job, new SwarmEvent.SourceRested(source)),
                        failures == 0 ? BUSY_MILLIS : Math.min(30_000L, 250L << Math.min(failures, 7)));
        }
    }

    private void completed(PackageJob job) {
        refreshHeld(true);
        reports.completed(job);
    }

    private void tell(PackageJob job, Holdings holdings) {
        announcer.saidAll(job);
        neighbourhood.tell(word(job, holdings));
        neighbourhood.held();
    }

    private void tellAll(PackageJob job) {
        if (jobs.get(job.ref()) == job && job.swarm != null) {
            tell(job, job.swarm.held());
        }
    }

    private static HoldingsTold word(PackageJob job, Holdings holdings) {
        return new HoldingsTold(job.ref(), job.pkg.manifestSha256(), holdings.toBytes());
    }

    private void refreshHeld(boolean holdersChanged) {
        held = jobs.values().stream().map(PackageJob::held).toList();
        problems = jobs.values().stream()
                .flatMap(job -> Stream.ofNullable(job.problem))
                .toList();
        if (holdersChanged) {
            neighbourhood.holdersChanged();
        }
    }

    @Override
    public void close() {
        reuse.close();
        thread.close();
        fetcher.close();
        store.save();
    }

    /** What becomes of a manifest that was found. */
    private final class Begin implements ManifestSeeker.Found {
        @Override
        public void begin(PackageJob job, ChunkIndex index, String source) {
            Swarm.this.begin(job, index, source);
        }

        @Override
        public boolean isWanted(PackageJob job) {
            return jobs.get(job.ref()) == job;
        }
    }
}

package org.pxemesh.agent.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.stream.Route;
import org.pxemesh.content.stream.StreamEstimate;
import org.pxemesh.content.stream.StreamVerdict;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.SwarmEvent;

/**
 * Packages that are being gathered, as boot clients see them: whether a client may begin, and what it needs next. Boot
 * threads ask; on the swarm's thread {@link #hurry} puts what they need before all else.
 */
final class Streams implements Arrivals {
    /** Chunks that are asked for out of turn: a few seconds' worth, and cheap to look through. */
    private static final int HURRIED = 48;

    private static final long READING_NANOS = 30_000_000_000L;

    /** A client that was not answered asks again within half a minute; meanwhile what it needs goes on arriving first. */
    private static final long INTEREST_NANOS = 60_000_000_000L;

    private static final int REMEMBERED = 256;

    private final DiskStore store;
    private final SiteShares.Apply apply;
    private final Runnable hurrySoon;
    private final Map<Sha256, Read> readers = new ConcurrentHashMap<>();
    private final Map<String, Interest> interests = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> pathsOf = new ConcurrentHashMap<>();
    private volatile Map<String, PackageJob> jobs = Map.of();

    private record Read(long position, long atNanos) {}

    private record Interest(List<String> paths, long atNanos) {}

    /** A package with all that an estimate needs, as it is at one moment. */
    private record Part(PackageJob job, Manifest manifest, ChunkIndex index, Holdings held) {}

    /** @param hurrySoon has {@link #hurry} called on the swarm's thread */
    Streams(DiskStore store, SiteShares.Apply apply, Runnable hurrySoon) {
        this.store = store;
        this.apply = apply;
        this.hurrySoon = hurrySoon;
    }

    /** These packages are wanted now. */
    void are(Collection<PackageJob> wanted) {
        jobs = wanted.stream().collect(Collectors.toUnmodifiableMap(PackageJob::ref, job -> job));
        pathsOf.keySet()
                .retainAll(wanted.stream().map(job -> job.pkg.manifestSha256()).toList());
        interests.keySet().retainAll(jobs.keySet());
    }

    private @Nullable Part part(PackageJob job) {
        var state = job.swarm;
        var index = job.index;
        if (state == null || index == null || state.held().isComplete()) {
            return null;
        }
        return store.manifest(job.ref())
                .map(manifest -> new Part(job, manifest, index, state.held()))
                .orElse(null);
    }

    @Override
    public Map<String, Set<String>> packages() {
        Map<String, Set<String>> all = new HashMap<>();
        for (var job : jobs.values()) {
            var part = part(job);
            if (part != null) {
                all.put(job.ref(), pathsOf.computeIfAbsent(job.pkg.manifestSha256(), digest -> paths(part.manifest)));
            }
        }
        return all;
    }

    private static Set<String> paths(Manifest manifest) {
        return manifest.files().stream().map(ManifestFile::path).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public StreamVerdict mayOffer(String packageRef, List<String> paths, Reader reader) {
        var job = jobs.get(packageRef);
        var part = job == null ? null : part(job);
        if (part == null) {
            return NOTHING;
        }
        var known = interests.put(packageRef, new Interest(paths, System.nanoTime()));
        if (known == null) {
            hurrySoon.run();
        }
        return judge(part, Route.of(part.manifest, part.index, paths), reader);
    }

    @Override
    public StreamVerdict mayServe(Sha256 file, long position, Reader reader) {
        for (var job : jobs.values()) {
            var part = part(job);
            var found = part == null ? Optional.<ManifestFile>empty() : find(part.manifest, file);
            if (part != null && found.isPresent()) {
                return judge(part, Route.from(found.get(), part.index, position), reader);
            }
        }
        return NOTHING;
    }

    private static StreamVerdict judge(Part part, Route route, Reader reader) {
        return StreamEstimate.judge(route.question(
                part.index,
                part.held,
                part.job.arrivals.countedOn(seconds()),
                reader.bytesPerSecond(),
                reader.patienceMillis()));
    }

    private static Optional<ManifestFile> find(Manifest manifest, Sha256 digest) {
        return manifest.files().stream()
                .filter(file -> file.sha256().equals(digest))
                .findFirst();
    }

    @Override
    public void reading(Sha256 file, long position) {
        var isNew = !readers.containsKey(file);
        if (isNew && readers.size() >= REMEMBERED) {
            return;
        }
        readers.put(file, new Read(position, System.nanoTime()));
        if (isNew) {
            hurrySoon.run();
        }
    }

    /** Tells each package's state what clients need next, the swarm's thread. */
    void hurry() {
        var now = System.nanoTime();
        readers.values().removeIf(read -> now - read.atNanos > READING_NANOS);
        interests.values().removeIf(interest -> now - interest.atNanos > INTEREST_NANOS);
        for (var job : jobs.values()) {
            var part = part(job);
            if (part == null) {
                continue;
            }
            var next = part.job.hurried;
            part.job.hurried = needed(part);
            if (!next.equals(part.job.hurried)) {
                apply.event(job, new SwarmEvent.Hurried(part.job.hurried));
            }
        }
    }

    /** Whoever reads comes before whoever may read soon. */
    private List<Integer> needed(Part part) {
        Set<Integer> chunks = new LinkedHashSet<>();
        List<List<Integer>> routes = new ArrayList<>();
        readers.forEach((digest, read) -> find(part.manifest, digest)
                .ifPresent(file ->
                        routes.add(Route.from(file, part.index, read.position).missing(part.held))));
        // One chunk for each of them in turn: all of them are waiting.
        for (var at = 0; at < HURRIED; at++) {
            for (var route : routes) {
                if (at < route.size()) {
                    chunks.add(route.get(at));
                }
            }
        }
        var interest = interests.get(part.job.ref());
        if (interest != null) {
            chunks.addAll(Route.of(part.manifest, part.index, interest.paths).missing(part.held));
        }
        return chunks.stream().limit(HURRIED).toList();
    }

    static long seconds() {
        return System.nanoTime() / 1_000_000_000L;
    }
}

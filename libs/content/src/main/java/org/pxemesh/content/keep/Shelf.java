package org.pxemesh.content.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pxemesh.content.Sha256;

/**
 * All content on a peer's disk, and what has to go when space is wanted. Packages share files: a file goes with the last
 * package that names it.
 *
 * @param packages each manifest once
 * @param bytes what each file has on the disk, holes not counted
 */
public record Shelf(List<KeptPackage> packages, Map<Sha256, Long> bytes) {

    /** What was used less long ago may be part of a boot that is under way, and is not evicted. */
    public static final Duration BOOT = Duration.ofHours(1);

    /** The outcome of a search for space. */
    public sealed interface Room {}

    /**
     * There is room.
     *
     * @param evict manifests that go first; often none
     */
    public record Fits(List<Sha256> evict) implements Room {}

    /**
     * There is none, whatever goes; so nothing goes.
     *
     * @param room bytes that there would be at the most
     */
    public record TooLarge(long room) implements Room {}

    public Shelf {
        packages = List.copyOf(packages);
        bytes = Map.copyOf(bytes);
    }

    /** Bytes on the disk. */
    public long used() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Looks for space for a package: retired ones go first, then the least recently used, those that the new one has
     * chunks from last. What a policy wants is never evicted for something else.
     *
     * @param free bytes on the disk
     * @param needed bytes that are still to be stored
     * @param sources manifests that chunks of the new package would be copied from
     */
    public Room roomFor(KeepRules rules, long free, long needed, Set<Sha256> sources, Instant now) {
        long room = rules.room(free, used());
        // What is whole stays, however little is free.
        if (needed <= Math.max(0, room)) {
            return new Fits(List.of());
        }
        List<KeptPackage> order = packages.stream()
                .filter(kept -> !kept.wanted() && !kept.mayBeInUse(now, BOOT))
                .sorted(Comparator.comparing((KeptPackage kept) -> sources.contains(kept.manifest()))
                        .thenComparing(kept -> kept.retiredSince() == null)
                        .thenComparing(KeptPackage::lastUsed)
                        .thenComparing(KeptPackage::manifest))
                .toList();
        List<Sha256> evict = new ArrayList<>();
        for (KeptPackage next : order) {
            evict.add(next.manifest());
            if (needed <= room + freedBy(evict)) {
                return new Fits(withoutTheNeedless(evict, needed - room));
            }
        }
        return new TooLarge(Math.max(0, room + freedBy(evict)));
    }

    /** Retired packages whose time is over. */
    public List<Sha256> expired(Instant now, Duration grace) {
        return packages.stream()
                .filter(kept -> kept.isExpired(now, grace))
                .map(KeptPackage::manifest)
                .toList();
    }

    /** Files that nobody names any more without these packages, and those that nobody named before. */
    public Set<Sha256> orphansWithout(List<Sha256> manifests) {
        Set<Sha256> orphans = new TreeSet<>(bytes.keySet());
        Set<Sha256> gone = new HashSet<>(manifests);
        packages.stream()
                .filter(kept -> !gone.contains(kept.manifest()))
                .forEach(kept -> orphans.removeAll(kept.files()));
        return orphans;
    }

    private long freedBy(List<Sha256> manifests) {
        return orphansWithout(manifests).stream()
                .mapToLong(file -> bytes.getOrDefault(file, 0L))
                .sum();
    }

    /** The order is by use, not by size: an early small one is spared when a later large one suffices. */
    private List<Sha256> withoutTheNeedless(List<Sha256> evict, long enough) {
        List<Sha256> needed = new ArrayList<>(evict);
        for (int i = needed.size() - 2; i >= 0; i--) {
            Sha256 spared = needed.remove(i);
            if (freedBy(needed) < enough) {
                needed.add(i, spared);
            }
        }
        return List.copyOf(needed);
    }
}

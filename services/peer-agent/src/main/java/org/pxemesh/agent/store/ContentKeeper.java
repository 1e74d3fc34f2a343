package org.pxemesh.agent.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.keep.KeepRules;
import org.pxemesh.content.keep.KeptPackage;
import org.pxemesh.content.keep.Shelf;
import org.pxemesh.events.PackageState;
import org.pxemesh.policy.PolicySnapshot;

/**
 * Holds content within its share of the disk. What no policy wants any more stays until HQ retired it or its space is
 * needed: a policy that is disabled and enabled again must not cost the WAN a second copy. What a boot may still be reading
 * is never taken away.
 */
public final class ContentKeeper {
    private static final Logger LOG = Logger.getLogger(ContentKeeper.class);

    /** A retired version stays so long after that was learnt and after its last use: no boot takes longer. */
    static final Duration GRACE = Duration.ofHours(4);

    /** A file that no manifest names may be one that is being taken in right now. */
    private static final Duration NEW_FILE = Duration.ofHours(1);

    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    /**
     * A package that has no room.
     *
     * @param needed bytes that are still to be stored
     * @param room bytes that may be, all that could go counted
     */
    public record NoRoom(long needed, long room, String reason) {}

    private final DiskStore store;
    private final KeepUsage usage;
    private final KeepRules rules;
    private final ContentSpace space;
    private final InstantSource clock;
    private final Runnable evicted;
    private Set<Sha256> wanted = Set.of();
    private long cachedBytes;
    private long roomLeft;
    private long lookedNanos;
    private boolean looked;

    /** @param evicted is called for each package that went for another */
    public ContentKeeper(DiskStore store, KeepRules rules, ContentSpace space, InstantSource clock, Runnable evicted) {
        this.store = store;
        this.usage = new KeepUsage(store.directory().resolve("usage.json"));
        this.rules = rules;
        this.space = space;
        this.clock = clock;
        this.evicted = evicted;
    }

    /** What policies want here from now on; what they dropped was used until now. */
    public synchronized void want(Collection<PackageState> packages) {
        var now = clock.instant();
        var next =
                packages.stream().map(pkg -> new Sha256(pkg.manifestSha256())).collect(Collectors.toUnmodifiableSet());
        wanted.stream().filter(dropped -> !next.contains(dropped)).forEach(dropped -> usage.used(dropped, now));
        wanted = next;
    }

    /**
     * Makes room for a package that is to be gathered; what is wanted less goes for it.
     *
     * @param needed bytes of it that are not here
     * @param promised bytes that packages admitted before are still to store
     * @param sources files that it may take chunks from; their packages go last
     * @return empty when there is room
     */
    public synchronized Optional<NoRoom> admit(String packageRef, long needed, long promised, Set<Sha256> sources) {
        if (needed <= 0) {
            return Optional.empty();
        }
        try {
            var shelf = shelf();
            var free = space.free();
            var related = shelf.packages().stream()
                    .filter(kept -> kept.files().stream().anyMatch(sources::contains))
                    .map(KeptPackage::manifest)
                    .collect(Collectors.toSet());
            return switch (shelf.roomFor(rules, free, needed + promised, related, clock.instant())) {
                case Shelf.Fits(var evict) -> {
                    remove(shelf, evict, "room for " + packageRef);
                    evict.forEach(one -> evicted.run());
                    yield Optional.empty();
                }
                case Shelf.TooLarge(var room) -> Optional.of(noRoom(needed, Math.max(0, room - promised)));
            };
        } catch (IOException e) {
            return Optional.of(new NoRoom(needed, 0, "the disk cannot be looked at: " + e.getMessage()));
        }
    }

    /** Says no, and why, in the middle of gathering: somebody else filled the disk. */
    public synchronized Optional<NoRoom> mayStore(int bytes) {
        var now = System.nanoTime();
        if (!looked || now - lookedNanos > LOOK_AGAIN_NANOS) {
            try {
                roomLeft = rules.room(space.free(), store.adoptedBytes() + cachedBytes);
            } catch (IOException e) {
                return Optional.of(new NoRoom(bytes, 0, "the disk cannot be looked at: " + e.getMessage()));
            }
            looked = true;
            lookedNanos = now;
        }
        if (roomLeft < bytes) {
            looked = false;
            return Optional.of(noRoom(bytes, Math.max(0, roomLeft)));
        }
        roomLeft -= bytes;
        return Optional.empty();
    }

    /**
     * Frees the disk of packages that HQ retired and nobody used for a while. Nothing goes while HQ's word is stale.
     *
     * @return how many files were deleted
     */
    public synchronized int sweep(PolicySnapshot snapshot, Instant now) {
        if (!snapshot.isFresh(now)) {
            return 0;
        }
        try {
            var live = snapshot.packages().values().stream()
                    .map(PackageState::manifestSha256)
                    .collect(Collectors.toSet());
            for (var manifest : store.filesOfKept().keySet()) {
                usage.retired(manifest, !live.contains(manifest.hex()), now);
            }
            var shelf = shelf();
            var expired = shelf.expired(now, GRACE);
            var deleted = remove(shelf, expired, "retired");
            usage.retain(store.filesOfKept().keySet());
            return deleted;
        } catch (IOException e) {
            LOG.warnf("event=content-not-swept reason=%s", e.getMessage());
            return 0;
        }
    }

    /** Writes down what must be known after a restart. */
    public synchronized void save() {
        usage.save();
    }

    private Shelf shelf() throws IOException {
        var now = clock.instant();
        List<KeptPackage> packages = new ArrayList<>();
        for (var kept : store.filesOfKept().entrySet()) {
            var manifest = kept.getKey();
            kept.getValue().stream().mapToLong(store::usedMillis).max().ifPresent(served -> {
                if (served > 0) {
                    usage.used(manifest, Instant.ofEpochMilli(served));
                }
            });
            packages.add(new KeptPackage(
                    manifest,
                    kept.getValue(),
                    wanted.contains(manifest),
                    usage.retiredSince(manifest).orElse(null),
                    usage.lastUsed(manifest, now)));
        }
        var shelf = new Shelf(packages, store.bytesOnDisk());
        cachedBytes = shelf.used() - store.adoptedBytes();
        looked = false;
        return shelf;
    }

    private int remove(Shelf shelf, List<Sha256> manifests, String why) throws IOException {
        Set<Sha256> files = new HashSet<>();
        var limit = clock.instant().minus(NEW_FILE);
        var unnamed = shelf.orphansWithout(List.of());
        for (var file : shelf.orphansWithout(manifests)) {
            if (!unnamed.contains(file) || store.written(file).isBefore(limit)) {
                files.add(file);
            }
        }
        if (manifests.isEmpty() && files.isEmpty()) {
            return 0;
        }
        store.remove(manifests, files);
        LOG.infof("event=content-evicted packages=%d files=%d why=\"%s\"", manifests.size(), files.size(), why);
        return files.size();
    }

    private NoRoom noRoom(long needed, long room) {
        return new NoRoom(
                needed,
                room,
                "it needs " + megabytes(needed) + " MB more and " + megabytes(room) + " MB may be used: "
                        + megabytes(rules.reserve()) + " MB of the disk stay free by pxemesh.content.reserve"
                        + (rules.quota() == KeepRules.NO_QUOTA
                                ? ""
                                : ", content may have " + megabytes(rules.quota()) + " MB by pxemesh.content.quota")
                        + "; free space on this PC, or change the settings");
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }
}

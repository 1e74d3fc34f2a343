package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which chunks of a package one segment's uplink fetches over the WAN, where a site has several segments: each chunk is
 * owned by one of those whose uplinks answer. Segments own and not peers, so that nothing moves when an uplink is
 * replaced. Immutable; times are in milliseconds of any one clock.
 *
 * <p>What others say is not signed. It can cost time and never more: a segment without news for
 * {@value #PATIENCE_MILLIS} ms owns nothing, and whoever is done with its own part helps with the rest, the last chunks
 * first, {@value #HELP_AFTER_MILLIS} ms later, whatever the others say.
 */
public final class SiteShare {
    /** How long a segment may be without news before its part goes to the others. */
    public static final long PATIENCE_MILLIS = 4_000;

    /** How long a segment that is done with its part leaves the others theirs. */
    public static final long HELP_AFTER_MILLIS = 2_000;

    private static final long BUSY = Long.MAX_VALUE;

    private final UUID self;
    private final int size;
    private final SortedMap<UUID, Other> others;
    private final Owners owners;
    private final long doneSince;
    private final Holdings granted;

    private record Other(Holdings holdings, long newsAt) {}

    private SiteShare(
            UUID self, int size, SortedMap<UUID, Other> others, Owners owners, long doneSince, Holdings granted) {
        this.self = self;
        this.size = size;
        this.others = others;
        this.owners = owners;
        this.doneSince = doneSince;
        this.granted = granted;
    }

    /**
     * Before another segment was heard of: everything.
     *
     * @param segment this one
     * @param size chunks of the package
     */
    public static SiteShare alone(UUID segment, int size) {
        return new SiteShare(
                segment,
                size,
                Collections.emptySortedMap(),
                Owners.of(segment, List.of(), List.of(), size),
                BUSY,
                Holdings.all(size));
    }

    /** The chunks to fetch over the WAN, as of the last {@link #judged}. */
    public Holdings granted() {
        return granted;
    }

    /** Another segment's uplink gathers the package, or has it. */
    public SiteShare told(UUID segment, Holdings holdings, long now) {
        if (segment.equals(self) || holdings.size() != size) {
            return this;
        }
        Other before = others.get(segment);
        long newsAt = before == null || holdings.count() > before.holdings.count() ? now : before.newsAt;
        SortedMap<UUID, Other> all = new TreeMap<>(others);
        all.put(segment, new Other(holdings, newsAt));
        return new SiteShare(self, size, all, owners, doneSince, granted);
    }

    /**
     * Another segment's uplink does not answer. What it owns stays its own for a while: its successor is being elected,
     * and would fetch what is under way here.
     */
    public SiteShare silent(UUID segment) {
        Other before = others.get(segment);
        if (before == null) {
            return this;
        }
        SortedMap<UUID, Other> all = new TreeMap<>(others);
        all.put(segment, new Other(Holdings.none(size), before.newsAt));
        return new SiteShare(self, size, all, owners, doneSince, granted);
    }

    /** Another segment's uplink does not want the package. */
    public SiteShare lost(UUID segment) {
        if (!others.containsKey(segment)) {
            return this;
        }
        SortedMap<UUID, Other> rest = new TreeMap<>(others);
        rest.remove(segment);
        return new SiteShare(self, size, rest, owners, doneSince, granted);
    }

    /** What follows from all that for now. */
    public SiteShare judged(Holdings held, long now) {
        SortedSet<UUID> group = new TreeSet<>();
        SortedSet<UUID> slow = new TreeSet<>();
        List<Bits> known = new ArrayList<>(List.of(held.bits()));
        others.forEach((segment, other) -> {
            known.add(other.holdings.bits());
            if (!other.holdings.isComplete()) {
                group.add(segment);
            }
            if (now - other.newsAt > PATIENCE_MILLIS) {
                slow.add(segment);
            }
        });
        slow.retainAll(group);
        Owners current = owners.isOf(group, slow) ? owners : Owners.of(self, group, slow, size);
        boolean done = Bits.find(0, List.of(current.mine()), known) < 0;
        long since = done ? Math.min(doneSince, now) : BUSY;
        Holdings mine = Holdings.of(current.mine());
        int last = done && now - since > HELP_AFTER_MILLIS ? last(known) : -1;
        return new SiteShare(self, size, others, current, since, last < 0 ? mine : mine.with(last));
    }

    private int last(List<Bits> known) {
        for (int chunk = size - 1; chunk >= 0; chunk--) {
            int candidate = chunk;
            if (known.stream().noneMatch(bits -> bits.has(candidate))) {
                return chunk;
            }
        }
        return -1;
    }
}

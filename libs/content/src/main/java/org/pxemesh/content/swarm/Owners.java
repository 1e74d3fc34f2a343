package org.pxemesh.content.swarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who is to fetch a chunk that one source alone has. All members of a group that know the same members agree without a
 * word, so that a scarce source sends each chunk once. Immutable.
 *
 * <p>Of each run of as many chunks as there are members every member owns one, in an order that changes from run to run:
 * an owner hands its chunks on, so one that drew more than its part would be the last to finish. What falls to a member
 * that is waited for no more goes to the others by rendezvous hash; nothing else moves then.
 */
final class Owners {
    private final UUID self;
    private final SortedSet<UUID> others;
    private final SortedSet<UUID> slow;
    private final Bits mine;

    /** Worked out when first asked for. */
    private final Map<UUID, Bits> mineFrom = new HashMap<>();

    private Owners(UUID self, SortedSet<UUID> others, SortedSet<UUID> slow, Bits mine) {
        this.self = self;
        this.others = others;
        this.slow = slow;
        this.mine = mine;
    }

    /**
     * @param self a member, whether it is named among the others or not
     * @param slow those of the others that own nothing for now
     * @param size chunks of the package
     */
    static Owners of(UUID self, Collection<UUID> others, Collection<UUID> slow, int size) {
        SortedSet<UUID> rest = new TreeSet<>(others);
        rest.remove(self);
        SortedSet<UUID> idle = new TreeSet<>(slow);
        idle.retainAll(rest);
        if (idle.size() == rest.size()) {
            return new Owners(self, rest, idle, Bits.all(size));
        }
        SortedSet<UUID> all = new TreeSet<>(rest);
        all.add(self);
        List<UUID> members = List.copyOf(all);
        List<UUID> awake = members.stream().filter(m -> !idle.contains(m)).toList();
        Bits.Editor mine = Bits.none(size).edit();
        for (int chunk = 0; chunk < size; chunk++) {
            UUID first = first(members, chunk);
            if (first.equals(self)
                    || (idle.contains(first) && heir(awake, chunk).equals(self))) {
                mine.set(chunk);
            }
        }
        return new Owners(self, rest, idle, mine.done());
    }

    /** The chunks that this peer is to fetch. */
    Bits mine() {
        return mine;
    }

    /** The chunks that this peer is to fetch from one that alone has them: what that one owns falls to the others. */
    Bits mineFrom(UUID holder) {
        return others.contains(holder) && !slow.contains(holder)
                ? mineFrom.computeIfAbsent(holder, this::inheritedFrom)
                : mine;
    }

    private Bits inheritedFrom(UUID holder) {
        SortedSet<UUID> all = new TreeSet<>(others);
        all.add(self);
        List<UUID> members = List.copyOf(all);
        List<UUID> heirs = members.stream()
                .filter(member -> !member.equals(holder) && !slow.contains(member))
                .toList();
        Bits.Editor editor = mine.edit();
        for (int chunk = 0; chunk < mine.size(); chunk++) {
            if (first(members, chunk).equals(holder) && heir(heirs, chunk).equals(self)) {
                editor.set(chunk);
            }
        }
        return editor.done();
    }

    /** The others of the group. */
    SortedSet<UUID> others() {
        return others;
    }

    /** Those of the others that are waited for. */
    List<UUID> awaited() {
        List<UUID> awaited = new ArrayList<>(others);
        awaited.removeAll(slow);
        return awaited;
    }

    boolean isOf(Collection<UUID> group, Collection<UUID> idle) {
        return others.equals(group)
                && slow.containsAll(idle.stream().filter(others::contains).toList())
                && idle.containsAll(slow);
    }

    private static UUID first(List<UUID> members, int chunk) {
        int size = members.size();
        long turn = mix(chunk / size * 0x9e3779b97f4a7c15L);
        return members.get((int) Long.remainderUnsigned((turn >>> 1) + chunk, size));
    }

    private static UUID heir(List<UUID> members, int chunk) {
        UUID best = members.getFirst();
        for (UUID member : members) {
            if (Long.compareUnsigned(draw(member, chunk), draw(best, chunk)) > 0) {
                best = member;
            }
        }
        return best;
    }

    private static long draw(UUID member, int chunk) {
        long salt = mix(member.getMostSignificantBits() * 31 + mix(member.getLeastSignificantBits()));
        return mix(salt + chunk * 0x9e3779b97f4a7c15L);
    }

    /** SplitMix64's finaliser: spreads neighbouring numbers over the whole range. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

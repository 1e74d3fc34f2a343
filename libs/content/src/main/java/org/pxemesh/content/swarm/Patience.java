package org.pxemesh.content.swarm;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a peer leaves to others, and for how long. Immutable.
 *
 * @param waiting whether a pause was asked for
 * @param progressed whether anything came since
 * @param heard members that told of news since
 * @param slow members that let a pause pass without any news: nothing is left to them until they tell of some
 * @param alone chunks that came over the WAN and that nobody else told to have yet
 */
record Patience(
        boolean waiting, boolean progressed, SortedSet<UUID> heard, SortedSet<UUID> slow, SortedSet<Integer> alone) {

    static final Patience FRESH = new Patience(
            false, false, Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedSet());

    Patience {
        heard = Collections.unmodifiableSortedSet(heard);
        slow = Collections.unmodifiableSortedSet(slow);
        alone = Collections.unmodifiableSortedSet(alone);
    }

    Patience waits() {
        return new Patience(true, false, Collections.emptySortedSet(), slow, alone);
    }

    Patience delivered() {
        return progressed ? this : new Patience(waiting, true, heard, slow, alone);
    }

    Patience news(UUID member) {
        if (!slow.contains(member) && (!waiting || heard.contains(member))) {
            return this;
        }
        SortedSet<UUID> awake = new TreeSet<>(slow);
        awake.remove(member);
        SortedSet<UUID> known = new TreeSet<>(heard);
        known.add(member);
        return new Patience(waiting, progressed, known, awake, alone);
    }

    /** The pause is over: whoever was silent is waited for no more, and neither is a second copy of what is alone. */
    Patience over(Collection<UUID> awaited) {
        if (progressed) {
            return new Patience(false, false, heard, slow, alone);
        }
        SortedSet<UUID> silent = new TreeSet<>(awaited);
        silent.removeAll(heard);
        silent.addAll(slow);
        return new Patience(false, false, heard, silent, Collections.emptySortedSet());
    }

    Patience alone(int chunk) {
        SortedSet<Integer> more = new TreeSet<>(alone);
        more.add(chunk);
        return new Patience(waiting, progressed, heard, slow, more);
    }

    Patience notAlone(Collection<Integer> chunks) {
        if (alone.isEmpty() || Collections.disjoint(alone, chunks)) {
            return this;
        }
        SortedSet<Integer> fewer = new TreeSet<>(alone);
        fewer.removeAll(chunks);
        return new Patience(waiting, progressed, heard, slow, fewer);
    }

    Patience notAlone(Holdings told) {
        return notAlone(alone.stream().filter(told::has).toList());
    }
}

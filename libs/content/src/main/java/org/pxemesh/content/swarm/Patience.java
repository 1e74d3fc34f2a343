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
 * @param vain pauses in a row in which nothing came and nobody told of news
 */
record Patience(
        boolean waiting,
        boolean progressed,
        SortedSet<UUID> heard,
        SortedSet<UUID> slow,
        SortedSet<Integer> alone,
        int vain) {

    /**
     * So long is a second copy of what is alone waited for. A segment whose machines are busy lets one pause pass now and
     * then; if that were enough, a dying uplink would take more along than the bound.
     */
    private static final int VAIN_PAUSES = 7;

    static final Patience FRESH = new Patience(
            false, false, Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedSet(), 0);

    Patience {
        heard = Collections.unmodifiableSortedSet(heard);
        slow = Collections.unmodifiableSortedSet(slow);
        alone = Collections.unmodifiableSortedSet(alone);
    }

    Patience waits() {
        return new Patience(true, false, Collections.emptySortedSet(), slow, alone, vain);
    }

    Patience delivered() {
        return progressed ? this : new Patience(waiting, true, heard, slow, alone, vain);
    }

    Patience news(UUID member) {
        if (vain == 0 && !slow.contains(member) && (!waiting || heard.contains(member))) {
            return this;
        }
        SortedSet<UUID> awake = new TreeSet<>(slow);
        awake.remove(member);
        SortedSet<UUID> known = new TreeSet<>(heard);
        known.add(member);
        return new Patience(waiting, progressed, known, awake, alone, 0);
    }

    /**
     * The pause is over: whoever was silent is waited for no more, and after some of them neither is a second copy of what
     * is alone.
     */
    Patience over(Collection<UUID> awaited) {
        if (progressed) {
            return new Patience(false, false, heard, slow, alone, vain);
        }
        SortedSet<UUID> silent = new TreeSet<>(awaited);
        silent.removeAll(heard);
        silent.addAll(slow);
        int pauses = Math.min(vain + 1, VAIN_PAUSES);
        return new Patience(
                false, false, heard, silent, pauses < VAIN_PAUSES ? alone : Collections.emptySortedSet(), pauses);
    }

    /** Whether others may still take what is alone here. */
    boolean isWorthwhile() {
        return vain < VAIN_PAUSES;
    }

    Patience alone(int chunk) {
        if (!isWorthwhile()) {
            return this;
        }
        SortedSet<Integer> more = new TreeSet<>(alone);
        more.add(chunk);
        return new Patience(waiting, progressed, heard, slow, more, vain);
    }

    Patience notAlone(Collection<Integer> chunks) {
        if (alone.isEmpty() || Collections.disjoint(alone, chunks)) {
            return this;
        }
        SortedSet<Integer> fewer = new TreeSet<>(alone);
        fewer.removeAll(chunks);
        return new Patience(waiting, progressed, heard, slow, fewer, vain);
    }

    Patience notAlone(Holdings told) {
        return notAlone(alone.stream().filter(told::has).toList());
    }
}

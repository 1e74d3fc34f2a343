package org.pxemesh.mesh;

/**
 * How long a peer that wants to join waits for an answer. In a quiet segment the first question is answered within
 * milliseconds, and whoever hears nothing is alone; where a morning's PCs start together, or many agents share a
 * processor, the same silence means that everybody is busy, and asking again at once is what keeps them so.
 */
public final class JoinPace {
    /** The longest wait, in milliseconds. */
    public static final long LONGEST_MILLIS = 10_000;

    private static final long LONGER_THAN_OWN_WORK = 3;

    private JoinPace() {}

    /**
     * The first wait.
     *
     * @param calm what suffices where nobody is busy, in milliseconds
     * @param ownWork how long this peer took to prepare, in milliseconds: who was slow expects slow answers
     */
    public static long first(long calm, long ownWork) {
        return Math.clamp(LONGER_THAN_OWN_WORK * ownWork, calm, LONGEST_MILLIS);
    }

    /**
     * The wait after one that was in vain: about twice as long, and not the same for all.
     *
     * @param former in milliseconds, at least 1
     * @param random 0 to 1
     */
    public static long next(long former, double random) {
        return Math.clamp(Math.round(former * (1.5 + random)), 1, LONGEST_MILLIS);
    }
}

package org.pxemesh.content.wan;

/**
 * What part of a full link is ours. As long as there is a queue the link gives all that it has: whoever then gets less than
 * before shares it with somebody who has just come. That shows long before a queue does which we make room for.
 *
 * @param begun when this was begun
 * @param usual bytes per second that came while the link was full; falls slowly, so that those who come to stay at less
 *     than the whole link are lived with; 0 = not known yet
 * @param falling when the first round of those began that brought clearly less than usual; -1 = none
 * @param fallen bytes that came since
 * @param seen when the first of them was over: a server that stood still makes one such round, however long, and catches
 *     up in the next
 */
record Share(long begun, double usual, long falling, long fallen, long seen) {
    /** Of the usual. */
    private static final double CLEARLY = 0.8;

    /** In all. */
    private static final long LASTING = 250_000_000;

    /** After the first round. */
    private static final long STILL = 100_000_000;

    /** Nobody gives way to a rate that has not settled: two of our kind would chase one another away for ever. */
    private static final long SETTLED = 3_000_000_000L;

    private static final double UP = 0.25;
    private static final double DOWN = 0.05;

    static Share begin(long now) {
        return new Share(now, 0, -1, 0, -1);
    }

    /**
     * After a round.
     *
     * @param isFull whether there was a queue all the time, and we wanted more than came
     */
    Share after(Round round, boolean isFull, long now) {
        if (!isFull) {
            return new Share(begun, usual, -1, 0, -1);
        }
        double rate = round.rate(now);
        double next = usual == 0 ? rate : usual + (rate - usual) * (rate > usual ? UP : DOWN);
        if (rate >= usual * CLEARLY) {
            return new Share(begun, next, -1, 0, -1);
        }
        return falling < 0
                ? new Share(begun, next, round.began(), round.bytes(), now)
                : new Share(begun, next, falling, fallen + round.bytes(), seen);
    }

    /** Whether somebody else has come, and wants more and more. */
    boolean isTaken(long now) {
        long lasts = now - falling;
        return falling >= 0
                && falling - begun > SETTLED
                && lasts >= LASTING
                && now - seen >= STILL
                && fallen * 1e9 / lasts < usual * CLEARLY;
    }
}

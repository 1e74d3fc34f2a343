package org.pxemesh.content.wan;

/**
 * What is known of the way to HQ, whatever is being done with it.
 *
 * @param delays least answering times: the way without a queue
 * @param costs least nanoseconds per byte over a round: the link's rate as far as it was ever used
 * @param rate smoothed, bytes per second
 * @param yielded the last time that others were let by
 * @param limit of the administrator
 */
record WanPath(Minutes delays, Minutes costs, double rate, Yielded yielded, WanLimit limit) {
    /**
     * A time of yielding.
     *
     * @param until when it ended; meaningless without patience
     * @param patience that it took, nanoseconds; 0 = there was none yet
     */
    record Yielded(long until, long patience) {
        boolean inVainAt(long now, long vain) {
            return patience > 0 && now - until < vain;
        }
    }

    private static final double NEW_WEIGHT = 0.25;
    private static final long LEAST_TARGET = 15_000_000;
    private static final long MOST_TARGET = 100_000_000;

    static final WanPath UNKNOWN =
            new WanPath(Minutes.NOTHING, Minutes.NOTHING, 0, new Yielded(0, 0), WanLimit.UNLIMITED);

    WanPath with(WanEvent.Answered answered) {
        Minutes next = delays.with(answered.now(), answered.delay());
        return next == delays ? this : new WanPath(next, costs, rate, yielded, limit);
    }

    WanPath with(WanLimit other) {
        return new WanPath(delays, costs, rate, yielded, other);
    }

    WanPath with(Yielded other) {
        return new WanPath(delays, costs, rate, other, limit);
    }

    /** What a round brought. While a limit holds the flow back, nothing new is learnt of the link and nothing forgotten. */
    WanPath with(Round round, long now) {
        double measured = round.rate(now);
        double smooth = rate == 0 ? measured : rate + (measured - rate) * NEW_WEIGHT;
        if (smooth <= 0) {
            return this;
        }
        long cost = (long) (1e9 / smooth * SCALE);
        long counted = isLimited() && !costs.isEmpty() ? costs.best() : cost;
        return new WanPath(delays, costs.with(now, counted), smooth, yielded, limit);
    }

    private static final double SCALE = 1000;

    /** The answering time of an idle link, nanoseconds; 0 while unknown. */
    long base() {
        return delays.isEmpty() ? 0 : delays.best();
    }

    /** Whether an answer surely waited in a queue of more than so many nanoseconds. */
    boolean isLonger(WanEvent.Answered answered, double queue) {
        return answered.leastDelay() - base() > queue;
    }

    /** Whether an answer surely did not wait longer than so many nanoseconds; that of a host that was late tells neither. */
    boolean isShort(WanEvent.Answered answered, double queue) {
        return answered.delay() - base() <= queue;
    }

    /** What the link ever gave, bytes per second; 0 while unknown. */
    long link() {
        return costs.isEmpty() ? 0 : (long) (1e9 * SCALE / costs.best());
    }

    /** Bytes per second, {@link WanLimit#NONE} without a limit. */
    long allowed() {
        return limit.on(link());
    }

    boolean isLimited() {
        return allowed() != WanLimit.NONE;
    }

    /** Bytes that fill the way and half of the queue that is aimed at, when the link gives its best. */
    double full() {
        return link() * (base() + target() / 2) / 1e9;
    }

    /**
     * The queueing delay that is aimed at: short beside what people notice, and long enough for two of the smallest
     * requests, since a slow link's queue cannot be controlled more finely than that.
     */
    double target() {
        return link() == 0 ? LEAST_TARGET : Math.clamp(2e9 * Allowance.LEAST_PIECE / link(), LEAST_TARGET, MOST_TARGET);
    }
}

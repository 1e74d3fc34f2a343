package org.pxemesh.content.wan;

/**
 * Keeps a short queue of its own: enough that the link never runs dry, too little for people to notice.
 *
 * @param window bytes
 * @param round that is under way
 * @param queueing delay seen last, nanoseconds
 * @param since answers to requests sent before tell of the queue that an earlier window made, and judge nothing
 * @param emptyAt when the queue was last seen empty
 * @param loudFrom since when every answer told of a queue that this window cannot have made; -1 = not now
 * @param loud such answers in a row
 * @param idle rounds in a row in which the whole window made no queue
 * @param share what part of the link is ours
 */
record Steady(
        WanPath path,
        double window,
        Round round,
        long queueing,
        long since,
        long emptyAt,
        long loudFrom,
        int loud,
        int idle,
        Share share)
        implements WanState {

    /** Times the target. */
    private static final double LOUD = 2.5;

    private static final int LOUD_ANSWERS = 5;

    /** And longer than a burst of a server that stood still for a moment takes to pass. */
    private static final long LOUD_NANOS = 150_000_000;

    /** Times the target: hardly ours any more. */
    private static final double MUCH = 2;

    private static final double DECREASE = 0.7;

    /** Bytes, alike for all; what is taken away grows with the rate. So the shares of several of our kind meet. */
    private static final int ALWAYS = 1024;

    /** Towards what the way is known to hold. */
    private static final double CATCH_UP = 1.25;

    /** So many idle rounds mean that the link has become faster, or was never filled. */
    private static final int IDLE_ROUNDS = 4;

    private static final double PACE = 1.25;

    /** A queue below this part of the target counts as none. */
    private static final double EMPTY = 0.25;

    /** LEDBAT++, section 4.4, slows down every now and then; here only when the queue was never seen empty. */
    private static final long DRAIN_AFTER = 30_000_000_000L;

    static Steady from(WanPath path, double window, long now) {
        double least = Math.max(window, Allowance.LEAST_PIECE);
        return new Steady(path, least, Round.begin(now), 0, now + path.base(), now, -1, 0, 0, Share.begin(now));
    }

    @Override
    public double pace() {
        return base() == 0 ? WanLimit.NONE : PACE * window * 1e9 / (base() + queueing);
    }

    @Override
    public WanState with(WanPath other) {
        return new Steady(other, window, round, queueing, since, emptyAt, loudFrom, loud, idle, share);
    }

    @Override
    public WanState onAnswered(WanEvent.Answered answered) {
        long now = answered.now();
        double target = path.target();
        long seen = answered.delay() - base();
        boolean judges = answered.sentAt() >= since;
        boolean isLoud = judges && path.isLonger(answered, LOUD * target);
        boolean isUnclear = judges && !isLoud && !path.isShort(answered, LOUD * target);
        int inARow = isLoud ? loud + 1 : isUnclear ? loud : 0;
        long from = isLoud && loud == 0 ? now : inARow > 0 ? loudFrom : -1;
        if (inARow >= LOUD_ANSWERS && now - from >= Math.max(LOUD_NANOS, base() * 1.25)) {
            return Yield.from(path, seen, now);
        }
        long empty = seen <= EMPTY * target ? now : emptyAt;
        Round next = judges ? round.with(answered) : round;
        if (!next.isOver(now)) {
            return new Steady(path, window, next, queueing, since, empty, from, inARow, idle, share);
        }
        WanPath known = path.with(next, now);
        long queue = next.least() - base();
        if (now - empty > DRAIN_AFTER) {
            return Drain.from(known, window, now);
        }
        long surely = next.surely() - base();
        Share ours = share.after(next, next.wasFull() && surely > EMPTY * target, now);
        double wanted = adjusted(surely, queue, next.wasFull());
        if (ours.isTaken(now) || wanted < Allowance.LEAST_PIECE && surely > MUCH * target) {
            return Yield.from(known, queue, now);
        }
        int unfilled = next.wasFull() && queue <= EMPTY * target ? idle + 1 : 0;
        if (unfilled >= IDLE_ROUNDS) {
            return Ramp.beyond(known, wanted, now);
        }
        double least = Math.max(wanted, Allowance.LEAST_PIECE);
        return new Steady(known, least, Round.begin(now), queue, since, empty, from, inARow, unfilled, ours);
    }

    /**
     * Steps are bounded by the queue that they make, since their effect is seen a round trip later: up by half a target at
     * most, down by the bytes that are too many. A queue far beyond the target is hardly ours.
     *
     * @param surely at least so long is the queue, nanoseconds
     * @param queue at most so long is it; where this host was late, nobody knows, and nothing changes
     */
    private double adjusted(long surely, long queue, boolean wasFull) {
        double target = path.target();
        if (surely > MUCH * target) {
            return window * DECREASE;
        }
        if (surely > target) {
            return Math.max(window * DECREASE, window + ALWAYS - path.rate() * (surely - target) / 1e9);
        }
        if (!wasFull || queue > target) {
            return window;
        }
        double known = path.link() * 1e-9 * base();
        double step = Math.max(Allowance.LEAST_PIECE, path.link() * target / 2e9) * (1 - queue / target) + ALWAYS;
        return window < known
                ? Math.clamp(window * CATCH_UP, window + step, Math.max(known, window + step))
                : window + step;
    }

    @Override
    public WanState onArrived(WanEvent.Arrived arrived) {
        return new Steady(path, window, round.with(arrived), queueing, since, emptyAt, loudFrom, loud, idle, share);
    }

    @Override
    public WanState onFailed(long now) {
        return from(path, window / 2, now);
    }
}

package org.pxemesh.content.wan;

/**
 * Others fill the queue: leaves them the link but for a trickle, and watches for the queue to be short for a while. A TCP
 * that has just begun empties it for a moment too: who comes back then meets it again and holds it up once more, so each
 * vain return makes the next pause longer.
 *
 * @param queueing delay seen last, nanoseconds
 * @param patience how long the queue must be short, nanoseconds
 * @param quietFrom since when the queue was short but for moments; -1 = it is not
 * @param quiet answers since then that told of a short queue
 * @param loudFrom since when no answer told of a short queue; -1 = the last one did
 */
record Yield(WanPath path, long queueing, long patience, long quietFrom, int quiet, long loudFrom) implements WanState {
    /** Of the link. */
    private static final double TRICKLE = 0.01;

    /** Bytes per second: a chunk shall arrive some day. */
    private static final double LEAST_RATE = 2 * 1024;

    /** Times the target: the queue of others of our kind is no reason to stay away. */
    private static final double QUIET = 1.5;

    private static final int QUIET_ANSWERS = 3;

    /** A single late answer is a busy server's or a lost packet's; who fills a queue does it for longer. */
    private static final long LOUD_NANOS = 150_000_000;

    private static final long LEAST_PATIENCE = 2_000_000_000;

    /** On a long way a TCP takes so many round trips until it has filled the link, and its queue. */
    private static final long ROUND_TRIPS = 24;

    private static final long LONGEST_WAY = 6_000_000_000L;
    private static final long MOST_PATIENCE = 4_000_000_000L;

    /** A return that lasted less was in vain. */
    private static final long VAIN = 4_000_000_000L;

    static Yield from(WanPath path, long queueing, long now) {
        long usual = usual(path);
        long patience = path.yielded().inVainAt(now, VAIN)
                ? Math.max(usual, Math.min(2 * path.yielded().patience(), MOST_PATIENCE))
                : usual;
        return new Yield(path, queueing, patience, -1, 0, -1);
    }

    private static long usual(WanPath path) {
        return Math.clamp(ROUND_TRIPS * path.base(), LEAST_PATIENCE, LONGEST_WAY);
    }

    @Override
    public double window() {
        return Allowance.LEAST_PIECE;
    }

    @Override
    public double pace() {
        return Math.max(LEAST_RATE, path.link() * TRICKLE);
    }

    @Override
    public WanState with(WanPath other) {
        return new Yield(other, queueing, patience, quietFrom, quiet, loudFrom);
    }

    @Override
    public WanState onAnswered(WanEvent.Answered answered) {
        long now = answered.now();
        long seen = answered.delay() - base();
        if (path.isLonger(answered, QUIET * path.target())) {
            long loud = loudFrom < 0 ? now : loudFrom;
            if (now - loud < LOUD_NANOS) {
                return new Yield(path, seen, patience, quietFrom, quiet, loud);
            }
            // Who fills the queue for so long has begun for good: the next silence is its end.
            long next = now - loud >= LEAST_PATIENCE ? LEAST_PATIENCE : patience;
            return new Yield(path, seen, next, -1, 0, loud);
        }
        if (!path.isShort(answered, QUIET * path.target())) {
            return new Yield(path, seen, patience, quietFrom, quiet, loudFrom);
        }
        long from = quiet == 0 ? now : quietFrom;
        if (quiet + 1 >= QUIET_ANSWERS && now - from >= patience) {
            return Ramp.again(path.with(new WanPath.Yielded(now, patience)), now);
        }
        return new Yield(path, seen, patience, from, quiet + 1, -1);
    }

    @Override
    public WanState onArrived(WanEvent.Arrived arrived) {
        return this;
    }

    @Override
    public WanState onFailed(long now) {
        return this;
    }
}

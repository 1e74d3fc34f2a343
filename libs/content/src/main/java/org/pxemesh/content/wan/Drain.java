package org.pxemesh.content.wan;

/**
 * Asks for less than the way holds, for one round, so that the queue runs empty if it is all our own: then the way is
 * measured without it, and others of our kind find their share.
 *
 * @param resume the window to go on with
 * @param round that is under way
 * @param queueing delay seen last, nanoseconds
 */
record Drain(WanPath path, double resume, Round round, long queueing) implements WanState {
    private static final double PART = 0.5;

    static Drain from(WanPath path, double resume, long now) {
        return new Drain(path, resume, Round.begin(now), 0);
    }

    @Override
    public double window() {
        return Math.max(Allowance.LEAST_PIECE, path.rate() * path.base() / 1e9 * PART);
    }

    @Override
    public double pace() {
        return Math.max(Allowance.LEAST_PIECE, path.rate() * PART);
    }

    @Override
    public WanState with(WanPath other) {
        return new Drain(other, resume, round, queueing);
    }

    @Override
    public WanState onAnswered(WanEvent.Answered answered) {
        Round next = round.with(answered);
        return next.isOver(answered.now())
                ? Steady.from(path, resume, answered.now())
                : new Drain(path, resume, next, queueing);
    }

    @Override
    public WanState onArrived(WanEvent.Arrived arrived) {
        return this;
    }

    @Override
    public WanState onFailed(long now) {
        return Steady.from(path, resume / 2, now);
    }
}

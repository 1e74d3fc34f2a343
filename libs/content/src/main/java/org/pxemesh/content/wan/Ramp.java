package org.pxemesh.content.wan;

/**
 * Seeks the link's rate from below, faster than additive steps would, until a queue is seen.
 *
 * @param window bytes
 * @param round that is under way
 * @param queueing delay seen last, nanoseconds
 * @param loud answers in a row that told of a queue
 * @param knowsLink whether the link was filled before: then its rate is not sought again, but taken
 * @param growth factor of each round
 */
record Ramp(WanPath path, double window, Round round, long queueing, int loud, boolean knowsLink, double growth)
        implements WanState {
    /** About what two TCP connections begin with (RFC 6928); a browser opens six. */
    static final int FIRST_WINDOW = 32 * 1024;

    /** LEDBAT++, section 4.2: leave before the target is reached. */
    private static final double LEAVE_AT = 0.75;

    private static final int LOUD_ANSWERS = 8;

    /** From where the link is nearly full. */
    private static final double GENTLE = 1.25;

    /** What is doubled on a long way is queued before the first echo of it comes back. */
    private static final long LONG_WAY = 20_000_000;

    private static final double PACE = 1.25;

    /** Of what the link gave at its best. */
    private static final double NEARLY = 0.9;

    /** Of what the way held at its best: a quarter, paced, makes no queue. */
    private static final double CAREFUL = 0.25;

    static Ramp from(WanPath path, long now) {
        return new Ramp(path, FIRST_WINDOW, Round.begin(now), 0, 0, false, 2);
    }

    /** When others have let go of the link. */
    static Ramp again(WanPath path, long now) {
        // The server's TCP begins again too, and as low: what it cannot send yet would look like a queue.
        double first = path.link() == 0
                ? FIRST_WINDOW
                : Math.clamp(path.full() * CAREFUL, 2 * Allowance.LEAST_PIECE, FIRST_WINDOW);
        return new Ramp(path, first, Round.begin(now), 0, 0, path.link() > 0, 2);
    }

    /** When the link seems to give more than it ever did. */
    static Ramp beyond(WanPath path, double window, long now) {
        return new Ramp(path, window, Round.begin(now), 0, 0, false, GENTLE);
    }

    @Override
    public double pace() {
        return base() == 0 ? WanLimit.NONE : PACE * window * 1e9 / (base() + queueing);
    }

    @Override
    public WanState with(WanPath other) {
        return new Ramp(other, window, round, queueing, loud, knowsLink, growth);
    }

    @Override
    public WanState onAnswered(WanEvent.Answered answered) {
        long now = answered.now();
        Round next = round.with(answered);
        double much = path.target() * LEAVE_AT;
        int inARow = path.isLonger(answered, much) ? loud + 1 : path.isShort(answered, much) ? 0 : loud;
        // The first answers of all come one by one from a server that is not warm yet, and no rate was measured.
        if (inARow >= LOUD_ANSWERS && path.link() > 0 && now - round.began() >= Round.GATHERED) {
            return found(next, now);
        }
        if (!next.isOver(now)) {
            return new Ramp(path, window, next, queueing, inARow, knowsLink, growth);
        }
        return grown(next, now, inARow);
    }

    /** The link is full: what comes now is its rate. */
    private WanState found(Round seen, long now) {
        double wanted = seen.rate(now) * (base() + path.target() / 2) / 1e9;
        return Steady.from(path.with(seen, now), Math.clamp(wanted, window / 4, window), now);
    }

    private WanState grown(Round seen, long now, int inARow) {
        WanPath known = path.with(seen, now);
        long queue = seen.least() - base();
        if (!seen.wasFull()) {
            return new Ramp(known, window, Round.begin(now), queue, inARow, knowsLink, growth);
        }
        double full = path.full();
        if (knowsLink && window * 2 >= full) {
            return Steady.from(known, full * NEARLY, now);
        }
        double factor = knowsLink || base() < LONG_WAY ? 2 : 1.75;
        return new Ramp(known, window * Math.min(growth, factor), Round.begin(now), queue, inARow, knowsLink, growth);
    }

    @Override
    public WanState onArrived(WanEvent.Arrived arrived) {
        return new Ramp(path, window, round.with(arrived), queueing, loud, knowsLink, growth);
    }

    @Override
    public WanState onFailed(long now) {
        return Steady.from(path, window / 2, now);
    }
}

package org.pxemesh.content.wan;

/**
 * A receiver's rate control by delay, in the manner of LEDBAT (RFC 6817) and LEDBAT++ (draft-irtf-iccrg-ledbat-plus-plus),
 * with requested bytes in the place of a congestion window.
 *
 * <pre>
 *            queue seen                    others seen (a queue that is not ours)
 *   Ramp ---------------> Steady -----------------------------------------+
 *    ^  \                  |   ^                                          |
 *    |   \  others seen    |   | a round later                            v
 *    |    \                v   |                                        Yield
 *    |     \              Drain     (measures the way without our queue)  |
 *    |      +-------------------------------------------------------------+
 *    +--------------------------- the queue is empty again ---------------+
 * </pre>
 */
public sealed interface WanState permits Ramp, Steady, Drain, Yield {
    /** What a small question and its answer take, headers and all. */
    int PROBE_BYTES = 600;

    double PROBE_SHARE = 0.005;
    long LEAST_PROBE_NANOS = 100_000_000;
    long MOST_PROBE_NANOS = 1_000_000_000;

    /** Before anything is known. */
    static WanState begin(long now) {
        return Ramp.from(WanPath.UNKNOWN, now);
    }

    /** The state after an event. */
    static WanState apply(WanState state, WanEvent event) {
        return switch (event) {
            case WanEvent.Answered answered ->
                state.with(state.path().with(answered)).onAnswered(answered);
            case WanEvent.Arrived arrived -> state.onArrived(arrived);
            case WanEvent.Failed(var now) -> state.onFailed(now);
            case WanEvent.Limited(var now, var limit) -> state.with(state.path().with(limit));
            // Who yielded has not seen the link idle yet.
            case WanEvent.Resumed(var now) -> state instanceof Yield ? state : Ramp.again(state.path(), now);
        };
    }

    /** What may be asked for now. */
    default Allowance allowance() {
        long allowed = path().allowed();
        if (allowed == 0) {
            return new Allowance(0, 0, Allowance.LEAST_PIECE, Allowance.By.HOURS);
        }
        double paced = pace();
        double rate = Math.min(paced, allowed);
        var by = this instanceof Yield
                ? Allowance.By.OTHERS
                : path().rate() >= allowed * 0.9 ? Allowance.By.LIMIT : Allowance.By.LINK;
        return new Allowance(
                (long) window(), Math.max(1, (long) rate), Allowance.pieceFor(path().rate(), window()), by);
    }

    /** Queueing delay that was seen last, nanoseconds. */
    long queueing();

    /** The answering time of an idle link, nanoseconds; 0 while unknown. */
    default long base() {
        return path().base();
    }

    /** Bytes per second that come, smoothed. */
    default double rate() {
        return path().rate();
    }

    /** Bytes per second that the link ever gave; 0 while unknown. */
    default long link() {
        return path().link();
    }

    /**
     * How long to wait for an answer before a small request on a connection of its own asks for the delay: rarely enough
     * that a slow link does not feel it.
     */
    default long probeEvery() {
        return link() == 0
                ? LEAST_PROBE_NANOS
                : (long) Math.clamp(PROBE_BYTES * 1e9 / (link() * PROBE_SHARE), LEAST_PROBE_NANOS, MOST_PROBE_NANOS);
    }

    /** For logs and metrics. */
    default String phase() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    WanPath path();

    double window();

    /** Bytes per second at which requests leave. */
    double pace();

    WanState with(WanPath path);

    WanState onAnswered(WanEvent.Answered answered);

    WanState onArrived(WanEvent.Arrived arrived);

    WanState onFailed(long now);
}

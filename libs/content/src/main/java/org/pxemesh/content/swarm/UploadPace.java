package org.pxemesh.content.swarm;

import java.util.Optional;

/**
 * When the next piece may leave, so that neighbours get no more than a rate from this peer. A piece goes out as fast as
 * the link takes it; the next one waits until what went before has used up its time. Immutable.
 *
 * @param freeAt when all that left so far has used up its time, in nanoseconds of a monotonic clock
 */
public record UploadPace(long freeAt) {

    /** Whoever would wait longer is sent away at once, to ask another peer. */
    static final long LONGEST_WAIT_NANOS = 2_000_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000L;

    /**
     * A piece's turn.
     *
     * @param waitNanos from now, 0 to {@value #LONGEST_WAIT_NANOS}
     * @param next for the piece after it
     */
    public record Turn(long waitNanos, UploadPace next) {}

    /** Nothing left yet. */
    public static UploadPace idle(long now) {
        return new UploadPace(now);
    }

    /**
     * Asks for a turn.
     *
     * @param bytes of the piece, at least 0
     * @param bytesPerSecond at least 1
     * @return empty when too much waits already
     */
    public Optional<Turn> ask(long bytes, long bytesPerSecond, long now) {
        // Idle time is not saved up: a burst after a quiet hour would be what the bound is there to prevent.
        long wait = Math.max(0, freeAt - now);
        if (wait > LONGEST_WAIT_NANOS) {
            return Optional.empty();
        }
        double cost = (double) bytes / bytesPerSecond * SECOND_NANOS;
        return Optional.of(new Turn(wait, new UploadPace(now + wait + (long) cost)));
    }
}

package org.pxemesh.lab.fuzz;

/**
 * Divides the time that was asked for: each target's share is what is left by the number of those to come, less what the
 * last ones took beyond theirs to start and to end. All times are monotonic nanoseconds.
 */
final class Shares {

    private static final long SECOND = 1_000_000_000L;

    /** One target that took much longer than the others, on a busy machine or with a finding, is no measure for the next. */
    private static final long MOST_BEYOND = 5 * SECOND;

    private final long end;
    private int left;
    private long begun;
    private long beyond = 2 * SECOND;

    Shares(long now, long nanos, int targets) {
        end = now + nanos;
        begun = now;
        left = targets;
    }

    /** How long the next target is to be fuzzed, at least a second. */
    long seconds(long now) {
        begun = now;
        return Math.max(1, ((end - now) / Math.max(1, left) - beyond) / SECOND);
    }

    /** The target is done that had so many seconds. */
    void done(long now, long seconds) {
        left--;
        beyond = Math.clamp(now - begun - seconds * SECOND, 0, MOST_BEYOND);
    }
}

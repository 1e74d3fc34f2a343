package org.pxemesh.content.wan;

/**
 * How much may be asked for.
 *
 * @param window bytes that may be asked for and not yet here; 0 = nothing may be asked for
 * @param bytesPerSecond at which requests may leave
 * @param piece bytes of one request: some milliseconds of the link, so that a server's burst stays short
 * @param by what holds the flow back
 */
public record Allowance(long window, long bytesPerSecond, int piece, By by) {
    /** Smaller requests would cost more in headers than they spare in delay. */
    public static final int LEAST_PIECE = 4 * 1024;

    public static final int MOST_PIECE = 64 * 1024;

    private static final double PIECE_SECONDS = 0.006;
    private static final double BURST_SECONDS = 0.002;

    /** What holds the flow back. */
    public enum By {
        /** Nothing but the link: the window seeks its rate. */
        LINK,
        /** Others use the link: only a trickle is left to see when they end. */
        OTHERS,
        /** The administrator's limit. */
        LIMIT,
        /** At this hour nothing may come. */
        HOURS
    }

    /** Requests of about so many milliseconds of the link each. */
    static int pieceFor(double bytesPerSecond, double window) {
        double wanted = Math.min(bytesPerSecond * PIECE_SECONDS, window / 4);
        return (int) Math.clamp(wanted, LEAST_PIECE, MOST_PIECE) / 1024 * 1024;
    }

    /** Whether a request of so many bytes may leave beside those that are under way; the first one always may. */
    public boolean fits(long underWay, int bytes) {
        return window > 0 && (underWay == 0 || underWay + bytes <= window);
    }

    /**
     * When the next request may leave after one of so many bytes; pauses too short for a timer are saved up.
     *
     * @param due when this one was allowed to leave
     */
    public long nextAfter(long due, long now, int bytes) {
        long burst = (long) (BURST_SECONDS * 1e9);
        return Math.max(due, now - burst) + (long) (bytes * 1e9 / Math.max(1, bytesPerSecond));
    }
}

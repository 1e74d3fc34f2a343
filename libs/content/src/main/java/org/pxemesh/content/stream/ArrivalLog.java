package org.pxemesh.content.stream;

import java.util.Arrays;

/**
 * How much arrived lately, second by second, and what can be counted on. Immutable; times are seconds of a monotonic
 * clock.
 *
 * @param bytes what arrived in each of the last {@value #SECONDS} seconds, the oldest first
 * @param second the second that the last number is for; it is not over yet
 * @param since the second in which the log began: with the first bytes
 */
public record ArrivalLog(long[] bytes, long second, long since) {

    /** What is older says nothing about now. */
    static final int SECONDS = 30;

    /** Chunks arrive whole: over a shorter time a steady line looks like a stuttering one. */
    static final int WINDOW = 5;

    /** One window in five may be worse than what is counted on. */
    private static final int PERCENT = 20;

    public ArrivalLog {
        bytes = bytes.clone();
    }

    @Override
    public long[] bytes() {
        return bytes.clone();
    }

    public static ArrivalLog begun(long second) {
        return new ArrivalLog(new long[SECONDS], second, second);
    }

    /** So many bytes arrived. After a long silence the log begins anew: nothing was asked for, which is no slow line. */
    public ArrivalLog arrived(long count, long now) {
        ArrivalLog moved = at(now);
        if (Arrays.stream(moved.bytes).sum() == 0) {
            moved = begun(moved.second);
        }
        long[] more = moved.bytes.clone();
        more[SECONDS - 1] += count;
        return new ArrivalLog(more, moved.second, moved.since);
    }

    /**
     * Bytes per second that may be counted on: what the worse of the last windows of {@value #WINDOW} seconds brought.
     *
     * @return 0 while less than a window is known, or when nothing came for long
     */
    public long countedOn(long now) {
        ArrivalLog moved = at(now);
        int known = (int) Math.min(SECONDS - 1, moved.second - since);
        if (known < WINDOW) {
            return 0;
        }
        // The second under way is left out: it always looks poor.
        long[] windows = new long[known - WINDOW + 1];
        for (int first = 0; first < windows.length; first++) {
            int from = SECONDS - 1 - known + first;
            for (int at = from; at < from + WINDOW; at++) {
                windows[first] += moved.bytes[at];
            }
        }
        Arrays.sort(windows);
        return windows[(windows.length - 1) * PERCENT / 100] / WINDOW;
    }

    private ArrivalLog at(long now) {
        if (now <= second) {
            return this;
        }
        long[] shifted = new long[SECONDS];
        int by = (int) Math.min(SECONDS, now - second);
        System.arraycopy(bytes, by, shifted, 0, SECONDS - by);
        return new ArrivalLog(shifted, now, since);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrivalLog log
                && Arrays.equals(bytes, log.bytes)
                && second == log.second
                && since == log.since;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + Long.hashCode(second);
    }

    @Override
    public String toString() {
        return "ArrivalLog" + Arrays.toString(bytes) + "@" + second;
    }
}

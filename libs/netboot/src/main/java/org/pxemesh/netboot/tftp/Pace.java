package org.pxemesh.netboot.tftp;

/**
 * How fast a client answers, as TCP estimates it (RFC 6298), and so how long an answer is waited for. In eighths and
 * quarters of a millisecond, because on one switch an answer takes less than one.
 *
 * @param smoothed8 mean time from a window to its ACK, milliseconds times 8; negative before the first
 * @param spread4 mean deviation from it, milliseconds times 4
 */
public record Pace(long smoothed8, long spread4) {

    static final Pace UNKNOWN = new Pace(-1, 0);

    /**
     * A lost packet is missed after this and the time that an answer takes. Firmware looks for packets every 10 ms (EDK2's
     * timer); a tail that is lost costs this much each time, which at 1 % loss is most of a transfer.
     */
    static final long MIN_WAIT_MILLIS = 25;

    boolean isKnown() {
        return smoothed8 >= 0;
    }

    /** After one more answer. */
    Pace after(long millis) {
        if (!isKnown()) {
            return new Pace(millis * 8, millis * 2);
        }
        long off = millis - smoothed8 / 8;
        long newSmoothed = smoothed8 + off;
        long newSpread = spread4 + Math.abs(off) - spread4 / 4;
        return newSmoothed == smoothed8 && newSpread == spread4 ? this : new Pace(newSmoothed, newSpread);
    }

    /** An answer came of which nobody knows to which copy: it tells no time, only that the client is there. */
    Pace heard() {
        return isKnown() ? this : new Pace(8 * UNSURE_MILLIS, 4 * UNSURE_MILLIS);
    }

    /** Until a clean answer tells better. */
    private static final long UNSURE_MILLIS = 100;

    long waitMillis() {
        return smoothed8 / 8 + Math.max(MIN_WAIT_MILLIS, spread4);
    }
}

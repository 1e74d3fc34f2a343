package org.pxemesh.content.stream;

/**
 * Judges whether a client that begins now would wait for a block longer than its firmware does.
 *
 * <p>Two ways are safe. <em>Smooth</em>: the client never comes to the end of what is here; reading takes so long that
 * the rest is there in time. <em>Steady</em>: it does come to the end, and from there on it reads as fast as chunks
 * arrive; then the longest chunk must arrive within half of what the firmware waits, and all of it within
 * {@value #LONGEST_MILLIS} ms, since somebody is looking at the screen.
 */
public final class StreamEstimate {

    /** A boot that is held up longer than this is worse than one that begins later. */
    static final long LONGEST_MILLIS = 180_000;

    /** Of what the firmware waits, so much may be used up by what is expected. The rest is for what is not. */
    private static final int SAFETY = 2;

    private StreamEstimate() {}

    public static StreamVerdict judge(StreamQuestion asked) {
        if (asked.missing() == 0) {
            return new StreamVerdict.Now();
        }
        if (asked.arrival() == 0) {
            return new StreamVerdict.No(asked.missing() + " of " + asked.bytes()
                    + " bytes are missing, and nothing says how fast they arrive");
        }
        long smooth = millisUntil(smoothPrefix(asked), asked);
        long steady = isSteady(asked) ? Math.max(0, millis(asked.missing(), asked.arrival()) - LONGEST_MILLIS) : smooth;
        long wait = Math.min(smooth, steady);
        return wait == 0
                ? new StreamVerdict.Now()
                : new StreamVerdict.Later(
                        wait,
                        asked.missing() + " of " + asked.bytes() + " bytes are missing and arrive at "
                                + asked.arrival() + " bytes a second, too slowly for a client that waits "
                                + asked.patienceMillis() + " ms for a block");
    }

    /**
     * What has to be here so that the reader stays behind what arrives: at the first gap and at the last byte, since
     * between them the distance grows or shrinks evenly.
     */
    private static long smoothPrefix(StreamQuestion asked) {
        long firstGap = millis(asked.longestChunk(), asked.arrival()) - asked.patienceMillis() / SAFETY;
        double untilThere = Math.max(0, firstGap) / 1000.0 * asked.reading();
        // A chunk in the making is no byte that can be read, so the race is won one chunk ahead.
        double readingSeconds = (double) asked.bytes() / asked.reading();
        long meanwhile = (long) (readingSeconds * asked.arrival()) - (long) SAFETY * asked.longestChunk();
        long atTheEnd = asked.bytes() - Math.max(0, meanwhile);
        return Math.clamp(Math.max(atTheEnd, (long) Math.ceil(untilThere)), 0, asked.bytes());
    }

    private static boolean isSteady(StreamQuestion asked) {
        return millis(asked.longestChunk(), asked.arrival()) * SAFETY <= asked.patienceMillis();
    }

    private static long millisUntil(long prefix, StreamQuestion asked) {
        return prefix <= asked.prefix() ? 0 : millis(prefix - asked.prefix(), asked.arrival());
    }

    /** Rounded up, so that what is not there is never there in no time. */
    private static long millis(long bytes, long perSecond) {
        return (bytes * 1000 + perSecond - 1) / perSecond;
    }
}

package org.pxemesh.statusservice.intake;

/**
 * Which event numbers of one run of an agent were seen: the highest, and one bit for each of the 64 up to it (the
 * anti-replay window of RFC 4303, section 3.4.3). An agent tells its events again until the uplink has Kafka's word, so
 * repetition is normal, and a change of uplink may swap neighbours: a bare high-water mark would lose the late one.
 *
 * @param highest highest number seen, -1 for none
 * @param seen bit <em>n</em> is set when {@code highest - n} was seen
 */
record ReplayWindow(long highest, long seen) {

    static final int WIDTH = 64;
    static final ReplayWindow EMPTY = new ReplayWindow(-1, 0);

    /** Whether a number was seen, or is so old that it counts as seen. */
    boolean saw(long number) {
        long age = highest - number;
        return age >= WIDTH || (age >= 0 && (seen >>> age & 1) == 1);
    }

    ReplayWindow with(long number) {
        long ahead = number - highest;
        if (ahead <= 0) {
            return -ahead >= WIDTH ? this : new ReplayWindow(highest, seen | 1L << -ahead);
        }
        return new ReplayWindow(number, ahead >= WIDTH ? 1 : seen << ahead | 1);
    }
}

package org.pxemesh.content.wan;

/**
 * One round trip, told by its packets: it begins with a decision and ends when answers to requests came that were sent
 * after it, so that each decision is judged by its own effect.
 *
 * @param began when the last decision was made
 * @param first when the first such answer came; meaningless without one
 * @param least the least delay of such an answer, nanoseconds
 * @param surely the least delay of such an answer without what this host may have added, nanoseconds
 * @param samples such answers
 * @param bytes that came since
 * @param wasFull whether the window held requests back
 */
record Round(long began, long first, long least, long surely, int samples, long bytes, boolean wasFull) {
    /** Answers are gathered for so long: a single one says more of a host's wake-ups than of the link. */
    static final long GATHERED = 40_000_000;

    static Round begin(long now) {
        return new Round(now, now, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, false);
    }

    Round with(WanEvent.Answered answered) {
        if (answered.sentAt() < began) {
            return this;
        }
        return new Round(
                began,
                samples == 0 ? answered.now() : first,
                Math.min(least, answered.delay()),
                Math.min(surely, answered.leastDelay()),
                samples + 1,
                bytes,
                wasFull);
    }

    Round with(WanEvent.Arrived arrived) {
        return new Round(began, first, least, surely, samples, bytes + arrived.bytes(), wasFull | arrived.wasFull());
    }

    boolean isOver(long now) {
        return samples >= 3 && now - first >= GATHERED;
    }

    /** Bytes per second. */
    double rate(long now) {
        return bytes * 1e9 / Math.max(1, now - began);
    }
}

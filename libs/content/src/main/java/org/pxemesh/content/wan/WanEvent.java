package org.pxemesh.content.wan;

/** What the receiver saw; {@code now} in nanoseconds of a monotonic clock, never less than in the event before. */
public sealed interface WanEvent {
    long now();

    /**
     * The first byte of an answer came: its delay is the round trip, the wait in the bottleneck's queue and the server's
     * work.
     *
     * @param sentAt when its request was written
     * @param late for how long this host may have had it before it looked, nanoseconds from 0: so overdue were its own
     *     timers
     */
    record Answered(long now, long sentAt, long late) implements WanEvent {
        public Answered {
            if (sentAt > now || late < 0) {
                throw new IllegalArgumentException(
                        "answered at " + now + " and asked at " + sentAt + ", looked at " + late + " late");
            }
        }

        /** By a host that was not late. */
        public Answered(long now, long sentAt) {
            this(now, sentAt, 0);
        }

        /** At most so long was it on its way, nanoseconds. */
        long delay() {
            return now - sentAt;
        }

        /** It was on its way for at least so long, nanoseconds; less than 0 when nothing can be said. */
        long leastDelay() {
            return delay() - late;
        }
    }

    /**
     * Bytes of content came.
     *
     * @param bytes more than 0
     * @param wasFull whether more would have been asked for, had the window been larger
     */
    record Arrived(long now, int bytes, boolean wasFull) implements WanEvent {}

    /** A connection broke or was silent for too long: with a full queue that is what loss looks like. */
    record Failed(long now) implements WanEvent {}

    /**
     * The hard limit is another one now.
     *
     * @param limit what the site's limits allow at this moment
     */
    record Limited(long now, WanLimit limit) implements WanEvent {}

    /** Something is wanted again after a pause: the window of before says nothing any more. */
    record Resumed(long now) implements WanEvent {}
}

package org.pxemesh.bench.wan.relay;

/**
 * When a packet leaves a link with a given rate and a tail-drop queue; pure arithmetic, so that late wake-ups of the relay
 * delay packets a little and never change the rate. Confined to one thread.
 */
final class Bottleneck {
    /** A packet that found the queue full. */
    static final long DROPPED = -1;

    private final double nanosPerByte;
    private final long queueNanos;
    private final long delayNanos;
    private long busyUntil = Long.MIN_VALUE;

    /**
     * @param kbit the link's rate in kbit/s
     * @param queueNanos how long a packet waits at most before it is sent
     * @param delayNanos propagation, one way
     */
    Bottleneck(int kbit, long queueNanos, long delayNanos) {
        this.nanosPerByte = 8e6 / kbit;
        this.queueNanos = queueNanos;
        this.delayNanos = delayNanos;
    }

    /** When the packet arrives at the other end, or {@link #DROPPED}. */
    long arrival(long now, int bytes) {
        long start = Math.max(now, busyUntil);
        if (start - now > queueNanos) {
            return DROPPED;
        }
        busyUntil = start + Math.round(bytes * nanosPerByte);
        return busyUntil + delayNanos;
    }

    /** How long a packet that comes now would wait before it is sent, in nanoseconds. */
    long backlog(long now) {
        return Math.max(0, busyUntil - now);
    }
}

package org.pxemesh.agent.host.linux;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for packets a few microseconds long before it sleeps, as long as they do come that soon. A client that loads in
 * lock-step waits for each wake-up of ours, which takes longer than all the rest of its round trip on a fast segment. A
 * loop whose packets come later than that, or not at all, sleeps at once and costs nothing.
 */
final class BriefSpin implements SelectStrategy {

    /** Longer than a round trip on one switch with a fast client, much shorter than a wake-up is worth. */
    static final long SPIN_NANOS = 40_000;

    private static final int MOST_CREDIT = 32;
    private static final int MISS_COSTS = 4;
    private static final long NOT_SLEPT = -1;

    private final LongSupplier clock;
    private int credit;
    private long sleptAt = NOT_SLEPT;

    /** @param clock monotonic nanoseconds */
    BriefSpin(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public int calculateStrategy(IntSupplier ready, boolean hasTasks) throws Exception {
        if (sleptAt != NOT_SLEPT) {
            boolean wasShort = clock.getAsLong() - sleptAt < SPIN_NANOS;
            credit = wasShort ? Math.min(credit + 1, MOST_CREDIT) : Math.max(credit - MISS_COSTS, 0);
            sleptAt = NOT_SLEPT;
        }
        if (hasTasks) {
            return ready.get();
        }
        long began = clock.getAsLong();
        if (credit > 0) {
            do {
                int events = ready.get();
                if (events > 0) {
                    credit = Math.min(credit + 1, MOST_CREDIT);
                    return events;
                }
                Thread.onSpinWait();
            } while (clock.getAsLong() - began < SPIN_NANOS);
            credit = Math.max(credit - MISS_COSTS, 0);
            began = clock.getAsLong();
        }
        sleptAt = began;
        return SELECT;
    }
}

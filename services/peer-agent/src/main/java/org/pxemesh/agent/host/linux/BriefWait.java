package org.pxemesh.agent.host.linux;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for packets a few microseconds long before it sleeps, as long as they do come that soon. A client that loads in
 * lock-step waits for each wake-up of ours, which takes longer than all the rest of its round trip on a fast segment. A
 * thread whose packets come later than that, or not at all, sleeps at once and costs nothing.
 */
final class BriefWait {

    /** Longer than a round trip on one switch with a fast client, much shorter than a wake-up is worth. */
    static final long SPIN_NANOS = 40_000;

    private static final int MOST_CREDIT = 32;
    private static final int MISS_COSTS = 4;
    private static final long NOT_SLEPT = -1;

    private final LongSupplier clock;
    private int credit;
    private long sleptAt = NOT_SLEPT;

    /** @param clock monotonic nanoseconds */
    BriefWait(LongSupplier clock) {
        this.clock = clock;
    }

    /** Asks {@code ready} for up to {@link #SPIN_NANOS} if that was worth it lately; its last answer. */
    int until(IntSupplier ready) {
        long began = clock.getAsLong();
        if (sleptAt != NOT_SLEPT) {
            boolean wasShort = began - sleptAt < SPIN_NANOS;
            credit = wasShort ? Math.min(credit + 1, MOST_CREDIT) : Math.max(credit - MISS_COSTS, 0);
            sleptAt = NOT_SLEPT;
        }
        if (credit == 0) {
            return 0;
        }
        do {
            Thread.onSpinWait();
            int found = ready.getAsInt();
            if (found != 0) {
                credit = Math.min(credit + 1, MOST_CREDIT);
                return found;
            }
        } while (clock.getAsLong() - began < SPIN_NANOS);
        credit = Math.max(credit - MISS_COSTS, 0);
        return 0;
    }

    /** From now on the caller sleeps until something comes. */
    void sleeps() {
        sleptAt = clock.getAsLong();
    }
}

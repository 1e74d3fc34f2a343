package org.pxemesh.agent.host.linux;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for packets a few microseconds long before it sleeps, as long as they do come that soon. A client that loads in
 * lock-step waits for each wake-up of ours, which takes longer than all the rest of its round trip on a fast segment. A
 * thread whose packets come later than that, or not at all, sleeps and costs nothing.
 *
 * <p>Whether looking is worth it cannot be seen from sleeps alone: a sleep has the wake-up in it that looking saves. So
 * sleeps that were short enough are followed by an attempt, and by fewer and fewer of them while attempts find nothing.
 */
final class BriefWait {

    /** Longer than a round trip on one switch with a fast client, much shorter than a wake-up is worth. */
    static final long SPIN_NANOS = 50_000;

    /** A sleep up to this long may have been a brief wait and a wake-up on each side (measured: 60 to 90 µs). */
    static final long SHORT_SLEEP_NANOS = 150_000;

    /** The most short sleeps between two attempts: then failed attempts cost a two hundredth of the time. */
    static final int MOST_PAUSE = 128;

    private static final int MOST_CREDIT = 32;
    private static final int MISS_COSTS = 4;
    private static final long NOT_SLEPT = -1;

    private final LongSupplier clock;
    private int credit;
    private int pause = 1;
    private int sleepsLeft;
    private long sleptAt = NOT_SLEPT;

    /** @param clock monotonic nanoseconds */
    BriefWait(LongSupplier clock) {
        this.clock = clock;
    }

    /** Asks {@code ready} for up to {@link #SPIN_NANOS} if that was worth it lately; its last answer. */
    int until(IntSupplier ready) {
        long began = clock.getAsLong();
        if (sleptAt != NOT_SLEPT) {
            woke(began - sleptAt);
            sleptAt = NOT_SLEPT;
        }
        if (credit == 0) {
            return 0;
        }
        long spent;
        do {
            // A client on the same core answers only when it may run.
            Thread.yield();
            int found = ready.getAsInt();
            spent = clock.getAsLong() - began;
            if (found != 0) {
                if (spent < SPIN_NANOS) {
                    credit = Math.min(credit + 1, MOST_CREDIT);
                    pause = 1;
                } else {
                    missed();
                }
                return found;
            }
        } while (spent < SPIN_NANOS);
        missed();
        return 0;
    }

    private void woke(long sleptNanos) {
        if (credit > 0 || sleptNanos >= SHORT_SLEEP_NANOS) {
            return;
        }
        if (sleepsLeft > 0) {
            sleepsLeft--;
        } else {
            credit = 1;
        }
    }

    private void missed() {
        credit = Math.max(credit - MISS_COSTS, 0);
        if (credit == 0) {
            sleepsLeft = pause;
            pause = Math.min(pause * 2, MOST_PAUSE);
        }
    }

    /** From now on the caller sleeps until something comes. */
    void sleeps() {
        sleptAt = clock.getAsLong();
    }
}

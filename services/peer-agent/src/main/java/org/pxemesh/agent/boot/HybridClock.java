package org.pxemesh.agent.boot;

import java.util.function.LongSupplier;

/**
 * A hybrid logical clock: wall milliseconds in the upper 48 bits, a counter in the lower 16, never going back. It orders
 * the events of a boot also when the wall clock is set.
 */
public final class HybridClock {

    private final LongSupplier wallMillis;
    private long last;

    public HybridClock(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    public synchronized long next() {
        last = Math.max(last + 1, wallMillis.getAsLong() << 16);
        return last;
    }
}

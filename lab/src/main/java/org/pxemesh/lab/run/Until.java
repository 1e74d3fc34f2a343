package org.pxemesh.lab.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.pxemesh.lab.LabException;

/** Waits for conditions, each with a deadline and a word for what was waited for. */
public final class Until {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Until() {}

    /** Waits until something is true. */
    public static void isTrue(String what, Duration atMost, BooleanSupplier condition) {
        found(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until something is there. */
    public static <T> T found(String what, Duration atMost, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new LabException("waited " + atMost.toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting: " + what);
            }
        }
    }
}

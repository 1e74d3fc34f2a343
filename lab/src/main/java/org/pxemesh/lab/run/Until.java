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

    /** Times as long where the machine is slower than a lab's usual one, a guest for example: {@code PXEMESH_LAB_PATIENCE}. */
    private static final int PATIENCE = times(System.getenv().getOrDefault("PXEMESH_LAB_PATIENCE", "1"));

    private Until() {}

    private static int times(String said) {
        if (!said.matches("[1-9][0-9]?")) {
            throw new LabException("PXEMESH_LAB_PATIENCE is '" + said + "'; it is 1 to 99 times the usual");
        }
        return Integer.parseInt(said);
    }

    /** As long as somebody on this machine is to wait for what usually is done within a time. */
    public static Duration patience(Duration usual) {
        return usual.multipliedBy(PATIENCE);
    }

    /** Waits until something is true. */
    public static void isTrue(String what, Duration atMost, BooleanSupplier condition) {
        found(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until something is there. */
    public static <T> T found(String what, Duration atMost, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + patience(atMost).toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new LabException("waited " + patience(atMost).toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new LabException("interrupted while waiting: " + what);
            }
        }
    }
}

package org.pxemesh.lab.run;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes named by pid and start time, since pids are used again: {@code 4711@2026-01-02T03:04:05.060Z}. */
public final class Pids {
    private Pids() {}

    static String self() {
        return of(ProcessHandle.current());
    }

    public static String of(ProcessHandle process) {
        return process.pid() + "@" + process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** The living process that was named so. */
    public static Optional<ProcessHandle> find(String name) {
        String[] parts = name.split("@", 2);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(ProcessHandle::isAlive)
                .filter(p -> of(p).equals(name));
    }

    /** Waits for a process that was told to end, and kills it when it doesn't. */
    public static void awaitEnd(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

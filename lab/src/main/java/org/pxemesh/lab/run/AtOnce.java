package org.pxemesh.lab.run;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Parts of a play that have nothing to do with each other. */
public final class AtOnce {
    private static final Executor EACH_ITS_THREAD = task -> Thread.ofVirtual().start(task);

    private AtOnce() {}

    /**
     * Plays all of them at the same time, and waits for all of them.
     *
     * @return what they gave, in their order
     * @throws RuntimeException of the first in their order that failed
     */
    public static <T> List<T> all(List<Supplier<T>> parts) {
        List<CompletableFuture<T>> running = parts.stream()
                .map(part -> CompletableFuture.supplyAsync(part, EACH_ITS_THREAD))
                .toList();
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            // Told below, by the part's own.
        }
        return running.stream().map(AtOnce::result).toList();
    }

    /** The same for parts that give nothing. */
    public static void run(Runnable... parts) {
        all(List.of(parts).stream()
                .<Supplier<Boolean>>map(part -> () -> {
                    part.run();
                    return true;
                })
                .toList());
    }

    private static <T> T result(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : e;
        }
    }
}

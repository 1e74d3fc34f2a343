package org.pxemesh.agent.content;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The one thread that all state of the swarm belongs to. */
final class SwarmThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SwarmThread.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("swarm").factory());

    /** Soon; never after the end. */
    void run(Runnable task) {
        later(task, 0);
    }

    /** After a pause. */
    void later(Runnable task, long millis) {
        try {
            thread.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=swarm-task-after-the-end");
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("event=swarm-task-failed", e);
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

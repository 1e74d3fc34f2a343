package org.pxemesh.agent.segment;

import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/** The tasks of one segment, done one after the other on a thread of its own. */
final class SegmentInbox {
    private static final Logger LOG = Logger.getLogger(SegmentInbox.class);
    private static final int TASKS = 20_000;
    private static final int AT_A_STRETCH = 64;

    private final String name;
    private final AgentMetrics metrics;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(TASKS);
    private final Runnable emptied;
    private volatile boolean closed;

    /**
     * @param emptied called on the segment's thread when nothing waits any more, and after {@value #AT_A_STRETCH} tasks
     */
    SegmentInbox(String name, AgentMetrics metrics, Runnable emptied) {
        this.name = name;
        this.metrics = metrics;
        this.emptied = emptied;
    }

    void start() {
        Thread.ofVirtual().name("segment-" + name).start(this::work);
    }

    /** Does something on the segment's thread; a flood of messages costs messages, never memory. */
    void run(Runnable task) {
        if (!tasks.offer(task)) {
            metrics.malformed();
        }
    }

    /** The task under way is the last one. */
    void close() {
        closed = true;
    }

    private void work() {
        var done = 0;
        while (!closed) {
            try {
                var task = done < AT_A_STRETCH ? tasks.poll() : null;
                if (task == null) {
                    done = 0;
                    attempt(emptied);
                    task = tasks.take();
                }
                done++;
                attempt(task);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // A hostile or broken message must not end the segment.
            metrics.malformed();
            LOG.warnf(e, "event=segment-task-failed interface=%s", name);
        }
    }
}

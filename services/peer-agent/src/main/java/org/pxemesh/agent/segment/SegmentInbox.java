package org.pxemesh.agent.segment;

import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/** The tasks of one segment, done one after the other on a thread of its own. */
final class SegmentInbox {
    private static final Logger LOG = Logger.getLogger(SegmentInbox.class);
    private static final int TASKS = 20_000;

    private final String name;
    private final AgentMetrics metrics;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(TASKS);
    private volatile boolean closed;

    SegmentInbox(String name, AgentMetrics metrics) {
        this.name = name;
        this.metrics = metrics;
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
        while (!closed) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                // A hostile or broken message must not end the segment.
                metrics.malformed();
                LOG.warnf(e, "event=segment-task-failed interface=%s", name);
            }
        }
    }
}

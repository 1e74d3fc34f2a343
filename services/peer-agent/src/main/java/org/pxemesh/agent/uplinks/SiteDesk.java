package org.pxemesh.agent.uplinks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the other segments' uplinks: a question that knows the newest word already waits until there is a newer one, at
 * most two seconds. Several changes within a few milliseconds make one answer.
 */
public final class SiteDesk implements AutoCloseable {
    /** How long a question waits. */
    static final long PATIENCE_MILLIS = 2_000;

    private static final long GATHER_MILLIS = 20;
    private static final int WAITING = 64;

    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("site-desk").factory(),
            // What comes in while the agent closes is dropped.
            new ThreadPoolExecutor.DiscardPolicy());
    private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private long version = 1;
    private boolean scheduled;

    /** Something that we would say is different now. */
    public synchronized void changed() {
        version++;
        if (!scheduled && !waiting.isEmpty()) {
            scheduled = true;
            thread.schedule(() -> answer(null), GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Completes with the newest version, when it is newer than one that is known or after a while. */
    public synchronized CompletableFuture<Long> newerThan(long known) {
        if (known != version || thread.isShutdown() || waiting.size() >= WAITING) {
            return CompletableFuture.completedFuture(version);
        }
        CompletableFuture<Long> question = new CompletableFuture<>();
        waiting.add(question);
        thread.schedule(() -> answer(question), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return question;
    }

    private void answer(@Nullable CompletableFuture<Long> one) {
        List<CompletableFuture<Long>> due;
        long now;
        synchronized (this) {
            if (one == null) {
                scheduled = false;
            } else if (!waiting.contains(one)) {
                return;
            }
            due = one == null ? List.copyOf(waiting) : List.of(one);
            waiting.removeAll(due);
            now = version;
        }
        due.forEach(question -> question.complete(now));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

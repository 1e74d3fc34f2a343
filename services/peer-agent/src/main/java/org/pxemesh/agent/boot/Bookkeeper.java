package org.pxemesh.agent.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.pxemesh.agent.EventSink;
import org.pxemesh.events.Event;

/**
 * The agent's {@link Bookkeeping}: a thread of its own, which takes what has gathered in batches. In a flood it leaves the
 * processors to the answers: it rests nine times as long as it worked, and what strangers cause beyond {@value #SPARED}
 * waiting entries is counted and told no more. A killed process loses what waits, some milliseconds' worth unless flooded.
 */
final class Bookkeeper implements Bookkeeping, AutoCloseable {

    /** Waiting entries beyond which the next one of a stranger is given up. */
    static final int SPARED = 4_096;

    private static final Logger LOG = Logger.getLogger(Bookkeeper.class);
    private static final int CAPACITY = 2 * SPARED;
    private static final int BATCH = 64;
    private static final int RESTS = 9;

    /** So few are no flood: they are done at once. */
    private static final int CALM = BATCH;

    /** What comes so soon after the last is written with others: a wake-up and a write for each cost more than the words. */
    private static final long GATHERS_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long CLOSE_MILLIS = 3_000;
    private static final long WARN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EventSink events;
    private final BootMetrics metrics;
    private final BlockingQueue<Supplier<List<Event>>> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread = new Thread(null, this::work, "pxemesh-books", 256 * 1024);
    private volatile boolean closing;
    private long warnedOf;
    private long warnedAt = System.nanoTime() - WARN_NANOS;

    Bookkeeper(EventSink events, BootMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void enter(Supplier<List<Event>> entry) {
        try {
            waiting.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            write(List.of(entry));
        }
    }

    @Override
    public void enterIfRoom(Supplier<List<Event>> entry) {
        if (waiting.size() >= SPARED || !waiting.offer(entry)) {
            dropped.incrementAndGet();
            metrics.untold();
        }
    }

    private void work() {
        List<Supplier<List<Event>>> batch = new ArrayList<>(BATCH);
        while (!closing || !waiting.isEmpty()) {
            try {
                Supplier<List<Event>> first = waiting.poll(1, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    long began = System.nanoTime();
                    write(batch);
                    batch.clear();
                    if (!closing) {
                        long flooded = waiting.size() > CALM ? RESTS * (System.nanoTime() - began) : 0;
                        LockSupport.parkNanos(Math.max(flooded, GATHERS_NANOS));
                    }
                }
                warn();
            } catch (InterruptedException e) {
                closing = true;
            }
        }
    }

    private void write(List<Supplier<List<Event>>> batch) {
        List<Event> all = new ArrayList<>(2 * batch.size());
        for (Supplier<List<Event>> entry : batch) {
            try {
                all.addAll(entry.get());
            } catch (RuntimeException e) {
                LOG.errorf(e, "an entry was not written: this is a mistake of the program's");
            }
        }
        events.publishAll(all);
    }

    private void warn() {
        long now = System.nanoTime();
        long count = dropped.get();
        if (count != warnedOf && now - warnedAt >= WARN_NANOS) {
            LOG.warnf(
                    "event=offers-untold count=%d since-start=%d action=find-who-floods-port-67",
                    count - warnedOf, count);
            warnedOf = count;
            warnedAt = now;
        }
    }

    /** Writes what waits; what comes later is not written. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

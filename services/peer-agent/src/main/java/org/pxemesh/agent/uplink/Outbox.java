package org.pxemesh.agent.uplink;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.EventSink;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.MeshMessage.EventsSent;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.TopicCatalog;

/**
 * This peer's events on their way to HQ: kept in the journal, sent in batches to the uplink of the moment, forgotten when
 * HQ has them. One batch is under way at a time, so that HQ sees a peer's events in order and can skip repeated ones by a
 * high-water mark.
 */
public final class Outbox implements EventSink, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int BATCH_EVENTS = 100;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final long ANSWER_WITHIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private final EventJournal journal;
    private final Identity identity;
    private final Clock clock;
    private final AtomicLong sequence = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Object, Route> routes = new LinkedHashMap<>();
    private @Nullable Route route;
    private long batch;
    private boolean taken;
    private boolean closed;

    /** The way to the uplink of the moment, which may be this peer itself. */
    public interface Route {
        /** Hands a batch on; an answer comes by {@link Outbox#taken}, if at all. False when it is known to be lost. */
        boolean send(EventsSent events);
    }

    public Outbox(EventJournal journal, Identity identity, Clock clock) {
        this.journal = journal;
        this.identity = identity;
        this.clock = clock;
    }

    /** Begins to send. */
    public void start() {
        Thread.ofVirtual().name("outbox").start(this::sendUntilClosed);
    }

    @Override
    public void publish(Event event) {
        publishAll(List.of(event));
    }

    @Override
    public void publishAll(List<? extends Event> events) {
        if (events.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            var dropped = journal.dropped();
            var slept = journal.size() == 0;
            journal.addAll(events.stream().map(this::wrap).toList());
            if (journal.dropped() != dropped) {
                // The oldest are others now: an answer to the batch under way would acknowledge the wrong ones.
                batch++;
                changed.signalAll();
            }
            if (slept) {
                changed.signalAll();
            }
        } catch (IOException e) {
            LOG.warnf(
                    "event=events-lost first=%s count=%d reason=%s action=free-space-in-the-state-dir",
                    events.getFirst().getClass().getSimpleName(), events.size(), e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    /** Sends a report that is worth something now or never: it is not kept. False when it is known to be lost. */
    public boolean report(Event event) {
        Route now;
        lock.lock();
        try {
            now = route;
        } finally {
            lock.unlock();
        }
        return now != null && now.send(new EventsSent(0, List.of(wrap(event))));
    }

    /**
     * A segment has another uplink (or none): what was not answered is sent again. An agent on several segments sends
     * through the first one that has an uplink.
     */
    public void route(Object segment, @Nullable Route next) {
        lock.lock();
        try {
            if (next == null) {
                routes.remove(segment);
            } else {
                routes.put(segment, next);
            }
            route = routes.isEmpty() ? null : routes.values().iterator().next();
            batch++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many events HQ does not have yet. */
    public int waiting() {
        return journal.size();
    }

    /** HQ has a batch. */
    public void taken(long number) {
        lock.lock();
        try {
            if (number == batch) {
                taken = true;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private UpEvent wrap(Event event) {
        var id = identity.agentId() + ":" + identity.starts() + ":" + sequence.incrementAndGet();
        var site = TopicCatalog.siteOf(event);
        return new UpEvent(
                TopicCatalog.of(event).name(),
                TopicCatalog.keyOf(event),
                site == null ? new UUID(0, 0) : site,
                Envelope.of(id, "/agents/" + identity.agentId(), clock.instant(), event));
    }

    private void sendUntilClosed() {
        lock.lock();
        try {
            while (!closed) {
                if (route == null || journal.size() == 0) {
                    changed.await();
                } else {
                    sendOne(route);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.errorf("event=journal-unreadable reason=%s action=restart-the-agent", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void sendOne(Route to) throws InterruptedException, IOException {
        var events = journal.oldest(BATCH_EVENTS, BATCH_BYTES);
        var number = ++batch;
        taken = false;
        lock.unlock();
        boolean sent;
        try {
            sent = to.send(new EventsSent(number, events));
        } finally {
            lock.lock();
        }
        var left = sent ? ANSWER_WITHIN_NANOS : RETRY_NANOS;
        while (!taken && batch == number && !closed && left > 0) {
            left = changed.awaitNanos(left);
        }
        // Once closed the journal is not touched: its owner closes it next. What was taken goes again after a start.
        if (taken && batch == number && !closed) {
            journal.acknowledge(events.size());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package org.pxemesh.agent.uplink;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;

/**
 * The link over Kafka: one thread follows the {@code down} topics, a producer sends the events. It keeps connecting until
 * it is closed; each attempt is a new {@link DownReader}, because a consumer that lost its cluster is not worth repairing.
 */
public final class KafkaHqLink implements HqLink {
    private static final Logger LOG = Logger.getLogger(KafkaHqLink.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String servers;
    private final String clientId;
    private final UpWriter writer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable DownReader reader;
    private @Nullable UUID site;

    /**
     * @param servers Kafka's bootstrap servers
     * @param clientId shown in the broker's logs
     */
    public KafkaHqLink(String servers, String clientId) {
        this.servers = servers;
        this.clientId = clientId;
        this.writer = new UpWriter(servers, clientId);
    }

    @Override
    public void open(Listener listener) {
        // Kafka's client blocks in selectors, which would pin a virtual thread's carrier.
        Thread.ofPlatform().daemon().name("hq-link").start(() -> follow(listener));
    }

    @Override
    public synchronized void site(@Nullable UUID followed) {
        site = followed;
        if (reader != null) {
            reader.site(followed);
        }
    }

    @Override
    public CompletionStage<Void> publish(List<UpEvent> events) {
        return writer.publish(events);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            synchronized (this) {
                if (reader != null) {
                    reader.wakeUp();
                }
            }
            writer.close();
        }
    }

    private void follow(Listener listener) {
        while (!closed.get()) {
            try (var reading = new DownReader(servers, clientId, listener)) {
                synchronized (this) {
                    reader = reading;
                    reading.site(site);
                }
                reading.run(closed::get);
            } catch (WakeupException e) {
                LOG.debug("event=hq-link-woken");
            } catch (KafkaException | IllegalStateException e) {
                if (!closed.get()) {
                    listener.disconnected(reason(e));
                }
            }
            synchronized (this) {
                reader = null;
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (!closed.get()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    private static String reason(Exception e) {
        var cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }
}

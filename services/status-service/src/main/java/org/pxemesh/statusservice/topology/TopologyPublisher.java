package org.pxemesh.statusservice.topology;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.hq.FencedException;
import org.pxemesh.hq.FencedWriter;

/** Writes the derived state to {@code pxemesh.topology} as its one active writer. */
@Singleton
public class TopologyPublisher {

    private static final Logger LOG = Logger.getLogger(TopologyPublisher.class);
    private static final String SOURCE = "/status-service";

    private final Map<String, Object> kafka;
    private final EventSigner signer;
    private final InstantSource clock;
    private final TopologyOutbox outbox;
    private @Nullable FencedWriter writer;

    TopologyPublisher(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            EventSigner signer,
            InstantSource clock,
            TopologyOutbox outbox) {
        this.kafka = kafka;
        this.signer = signer;
        this.clock = clock;
        this.outbox = outbox;
    }

    /** A second gathers a burst of reports of one peer into one record. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void publish() throws SQLException {
        if (writer != null && writer.fenced()) {
            return;
        }
        List<TopologyOutbox.Waiting> waiting = outbox.waiting();
        if (waiting.isEmpty()) {
            return;
        }
        if (writer == null) {
            writer = new FencedWriter(kafka, "pxemesh.status-service", SOURCE, signer, clock);
        }
        try {
            writer.write(
                            TopicCatalog.TOPOLOGY,
                            waiting.stream().map(TopologyOutbox.Waiting::event).toList())
                    .await()
                    .atMost(Duration.ofSeconds(30));
            outbox.written(waiting);
        } catch (FencedException e) {
            LOG.errorf("topology=not-written reason=\"%s\"", e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        if (writer != null) {
            writer.close();
        }
    }
}

package org.pxemesh.statusservice.intake;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Knows whether the projections have reached what stood in Kafka at the start; until then this service is not ready.
 *
 * <p>A partition may end in transaction markers, which no poll delivers: then the projected offset stays below the end for
 * good. Where the consumer itself has passed the end and nothing came of it since the last look, that is enough.
 */
@Singleton
class CatchUp {

    private static final Logger LOG = Logger.getLogger(CatchUp.class);

    private final KafkaClientService clients;
    private final Map<TopicPartition, Long> missing = new ConcurrentHashMap<>();
    private final Set<TopicPartition> passed = new HashSet<>();
    private volatile boolean begun;
    private volatile boolean done;

    CatchUp(KafkaClientService clients) {
        this.clients = clients;
    }

    void begin(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> stored) {
        ends.forEach((partition, end) -> {
            if (stored.getOrDefault(partition, 0L) < end) {
                missing.put(partition, end);
            }
        });
        begun = !ends.isEmpty();
    }

    synchronized void processed(Map<TopicPartition, Long> next) {
        next.forEach((partition, offset) -> {
            missing.computeIfPresent(partition, (p, end) -> offset >= end ? null : end);
            passed.remove(partition);
        });
    }

    /** Partitions that are still behind. */
    Set<TopicPartition> missing() {
        return Set.copyOf(missing.keySet());
    }

    /** Once true it stays true. */
    boolean isDone() {
        return done;
    }

    /** Looks again; called now and then until it is done. */
    void look() {
        if (!done && begun && !missing.isEmpty()) {
            dropThoseThatEndInMarkers();
        }
        if (!done && begun && missing.isEmpty()) {
            done = true;
            LOG.info("projections=current");
        }
    }

    private void dropThoseThatEndInMarkers() {
        KafkaConsumer<String, byte[]> consumer = clients.getConsumer("events");
        Map<TopicPartition, Long> positions = consumer.getPositions().await().atMost(Duration.ofSeconds(2));
        synchronized (this) {
            missing.forEach((partition, end) -> {
                boolean before = passed.contains(partition);
                if (positions.getOrDefault(partition, 0L) >= end) {
                    if (before) {
                        missing.remove(partition);
                    }
                    passed.add(partition);
                }
            });
        }
    }
}

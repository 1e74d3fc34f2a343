package org.pxemesh.statusservice;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventSigner;
import org.pxemesh.events.Topic;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.hq.FencedWriter;
import org.pxemesh.hq.SigningKeyFile;
import org.pxemesh.hq.TopicMaker;

/** Writes to Kafka as agents and as HQ's other services do. */
final class Writers implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final FencedWriter hq;
    private final Map<UUID, Long> sequences = new HashMap<>();

    Writers(String bootstrapServers, Path keyFile) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        new TopicMaker(kafka, TopicCatalog.EMBEDDED_PARTITIONS, (short) 1).ensure(TopicCatalog.all());
        this.producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        EventSigner signer = new EventSigner(SigningKeyFile.readOrMake(keyFile));
        this.hq = new FencedWriter(kafka, "test-hq", "/policy-service", signer, Clock.systemUTC());
    }

    /** Writes signed records in one transaction. */
    void hq(Event... events) {
        hq.write(List.of(events)).await().atMost(Duration.ofSeconds(20));
    }

    /** An agent's event, the next in its sequence, told now. */
    void agent(UUID agent, Event event) {
        agent(agent, Instant.now(), event);
    }

    /** An agent's event, the next in its sequence. */
    void agent(UUID agent, Instant time, Event event) {
        agent(agent, sequences.merge(agent, 1L, Long::sum), time, event);
    }

    void agent(UUID agent, long sequence, Instant time, Event event) {
        Topic topic = TopicCatalog.of(event);
        Envelope envelope = Envelope.of(agent + ":1:" + sequence, "/peer/" + agent, time, event);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                topic.name(),
                TopicCatalog.partition(TopicCatalog.siteOf(event), TopicCatalog.EMBEDDED_PARTITIONS),
                TopicCatalog.keyOf(event),
                envelope.data());
        envelope.headers().forEach(record.headers()::add);
        write(record);
    }

    void write(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        hq.close();
    }
}

package org.pxemesh.packageservice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.Topic;

/** Reads topics to their end from outside the service, as an uplink or the console would. */
record TopicReader(String bootstrapServers) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    List<SignedRecord> records(Topic topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end =
                    consumer.endOffsets(List.of(partition)).values().iterator().next();
            List<SignedRecord> records = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition) < end) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(topic.name() + " was not read to its end within " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(signed(record)));
            }
            return records;
        }
    }

    <T extends Event> List<T> events(Topic topic, Class<T> type) {
        return records(topic).stream()
                .map(TopicReader::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static SignedRecord signed(ConsumerRecord<String, byte[]> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        try {
            return new SignedRecord(record.topic(), record.key(), Envelope.of(headers, record.value()));
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }

    private static Event event(SignedRecord record) {
        try {
            return record.envelope().event();
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }
}

package org.pxemesh.policyservice;

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

/** Reads topics to their end as an agent would: from outside the service. */
public record TopicReader(String bootstrapServers) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** All that is committed in a topic now, tombstones and foreign records included. */
    public List<ConsumerRecord<String, byte[]>> raw(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("topic " + topic + " was not read to its end within " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** The records of a topic with their signatures. */
    public List<SignedRecord> committed(String topic) {
        return raw(topic).stream()
                .filter(record -> record.value() != null)
                .map(TopicReader::signed)
                .toList();
    }

    public List<Event> events(String topic) {
        return committed(topic).stream().map(TopicReader::event).toList();
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

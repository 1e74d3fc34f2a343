package org.pxemesh.statusservice.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;

/**
 * One record that could be read and, where it is HQ's word to agents, carries a trusted signature.
 *
 * @param record as Kafka gave it, for the dead-letter topic
 * @param envelope its CloudEvents attributes
 * @param event its data
 */
public record Recorded(ConsumerRecord<String, byte[]> record, Envelope envelope, Event event) {

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** The type's record name, for example {@code BootOffered}. */
    public String typeName() {
        return event.getClass().getSimpleName();
    }
}

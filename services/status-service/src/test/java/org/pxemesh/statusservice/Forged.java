package org.pxemesh.statusservice;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.TopicCatalog;

/** Records that nobody may act on. */
final class Forged {

    private Forged() {}

    /** An agent of a later version tells what this one does not know. */
    static ProducerRecord<String, byte[]> ofUnknownType() {
        return record(
                "pxemesh.up.boot",
                "future",
                new Envelope(
                        UUID.randomUUID() + ":1:1",
                        "/peer/future",
                        "org.pxemesh.boot.teleported.v1",
                        Instant.now(),
                        null,
                        null,
                        "{}".getBytes(StandardCharsets.UTF_8)));
    }

    /** Somebody who is not HQ writes as if. */
    static ProducerRecord<String, byte[]> unsigned(Event event) {
        return record(
                TopicCatalog.of(event).name(),
                TopicCatalog.keyOf(event),
                Envelope.of(UUID.randomUUID().toString(), "/forger", Instant.now(), event));
    }

    private static ProducerRecord<String, byte[]> record(String topic, String key, Envelope envelope) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, 0, key, envelope.data());
        envelope.headers().forEach(record.headers()::add);
        return record;
    }
}

package org.pxemesh.statusservice.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.hq.DeadLetters;
import org.pxemesh.statusservice.StatusMetrics;

/** Reads records; what is malformed, unsigned or altered goes to the topic's dead letters and is acted on by nobody. */
@Singleton
class RecordReader {

    private static final Logger LOG = Logger.getLogger(RecordReader.class);

    private final TrustedKeys trusted;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;

    RecordReader(TrustedKeys trusted, DeadLetters deadLetters, MeterRegistry metrics) {
        this.trusted = trusted;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    Optional<Recorded> read(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope envelope = Envelope.of(headers(record), record.value());
            if (record.topic().startsWith("pxemesh.down.")) {
                Optional<String> refused =
                        trusted.refuse(new SignedRecord(record.topic(), String.valueOf(record.key()), envelope));
                if (refused.isPresent()) {
                    throw new MalformedEventException(refused.get());
                }
            }
            return Optional.of(new Recorded(record, envelope, envelope.event()));
        } catch (MalformedEventException | RuntimeException e) {
            bury(record, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void bury(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warnf(
                "record=dead-lettered topic=%s partition=%d offset=%d key=%s reason=\"%s\"",
                record.topic(), record.partition(), record.offset(), record.key(), reason);
        metrics.counter(StatusMetrics.DEAD_LETTERS, "topic", record.topic()).increment();
        deadLetters.put(record, reason);
    }

    /** Waits for what was buried: the offsets may move on behind it. */
    void settle() {
        deadLetters.flush();
    }

    private static Map<String, byte[]> headers(ConsumerRecord<?, ?> record) {
        Map<String, byte[]> headers = new HashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return headers;
    }
}

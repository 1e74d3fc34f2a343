package org.pxemesh.hq;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Poison records, kept for people in {@code <topic>.dlq} with the same headers that SmallRye's {@code
 * dead-letter-queue} failure strategy adds.
 */
public final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final Producer<String, byte[]> producer;

    public DeadLetters(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // While Kafka is away a letter waits, as the reader behind it does.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        this(new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
    }

    DeadLetters(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Keeps a record, with the reason why it is there. It is on its way until {@link #flush}. */
    public void put(ConsumerRecord<String, byte[]> record, String reason) {
        ProducerRecord<String, byte[]> dead =
                new ProducerRecord<>(record.topic() + ".dlq", null, record.key(), record.value(), record.headers());
        header(dead, "dead-letter-reason", reason);
        header(dead, "dead-letter-topic", record.topic());
        header(dead, "dead-letter-partition", String.valueOf(record.partition()));
        header(dead, "dead-letter-offset", String.valueOf(record.offset()));
        producer.send(dead, (kept, error) -> {
            if (error != null) {
                LOG.errorf(
                        "record=dead-letter-refused topic=%s partition=%d offset=%d error=\"%s\"",
                        record.topic(), record.partition(), record.offset(), error.getMessage());
            }
        });
    }

    /** Waits until Kafka has taken, or refused for good, all that was {@link #put}; call it before going on behind them. */
    public void flush() {
        producer.flush();
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close();
    }
}

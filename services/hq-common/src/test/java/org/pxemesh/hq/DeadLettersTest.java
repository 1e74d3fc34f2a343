package org.pxemesh.hq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final DeadLetters letters = new DeadLetters(kafka);
    private final ConsumerRecord<String, byte[]> poison =
            new ConsumerRecord<>("pxemesh.up.boot", 3, 41, "key", bytes());

    @Test
    void shouldKeepTheRecordWithItsReasonAndWhereItStood() {
        // When
        letters.put(poison, "not JSON");

        // Then
        ProducerRecord<String, byte[]> kept = kafka.history().getFirst();
        assertThat(kept.topic()).isEqualTo("pxemesh.up.boot.dlq");
        assertThat(kept.value()).isEqualTo(bytes());
        assertThat(header(kept, "dead-letter-reason")).isEqualTo("not JSON");
        assertThat(header(kept, "dead-letter-partition")).isEqualTo("3");
        assertThat(header(kept, "dead-letter-offset")).isEqualTo("41");
    }

    @Test
    void shouldHaveKafkasAnswerAfterAFlush() {
        // Given
        letters.put(poison, "not JSON");
        assertThat(kafka.flushed()).isFalse();

        // When
        letters.flush();

        // Then
        assertThat(kafka.flushed()).isTrue();
    }

    @Test
    void shouldGoOnWhenKafkaRefusesALetterForGood() {
        // Given
        letters.put(poison, "too large");
        kafka.errorNext(new RecordTooLargeException("with its reason it is too large"));

        // Then
        assertThatCode(() -> {
                    letters.flush();
                    letters.put(poison, "again");
                })
                .doesNotThrowAnyException();
        assertThat(kafka.history()).hasSize(2);
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes() {
        return "{broken".getBytes(StandardCharsets.UTF_8);
    }
}

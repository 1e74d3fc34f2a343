package org.pxemesh.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedKafkaIT {

    @TempDir
    private Path temp;

    @Test
    void shouldKeepRecordsOverARestart() throws Exception {
        // Given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("data"))) {
            Records.createTopic(kafka.bootstrapServers());
            Records.write(kafka.bootstrapServers(), "before");

            // When
            kafka.restart();

            // Then
            Records.write(kafka.bootstrapServers(), "after");
            requireRecords(kafka.bootstrapServers(), "before", "after");
        }
    }

    @Test
    void shouldKeepRecordsOverSigkillAndSigterm() throws Exception {
        // Given
        Path data = temp.resolve("data");
        int port = Listener.freeLoopbackPort();
        String servers = "127.0.0.1:" + port;
        try (BrokerProcess first = BrokerProcess.start(data, port)) {
            Records.createTopic(servers);
            Records.write(servers, "before the kill");

            // When
            first.kill();
        }

        // Then
        try (BrokerProcess second = BrokerProcess.start(data, port)) {
            requireRecords(servers, "before the kill");
            Records.write(servers, "before the stop");
            assertThat(second.stop()).isEqualTo(143);
        }
        try (BrokerProcess third = BrokerProcess.start(data, port)) {
            assertThat(third.ready()).matches("ready bootstrap=" + servers + " seconds=\\d+\\.\\d\\d");
            requireRecords(servers, "before the kill", "before the stop");
        }
    }

    @Test
    void shouldLeaveADirectoryAloneInWhichAnotherBrokerWorks() throws Exception {
        // Given
        Path data = temp.resolve("data");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(data)) {
            Records.createTopic(kafka.bootstrapServers());

            // When
            Process second =
                    BrokerProcess.command(data, Listener.freeLoopbackPort()).start();
            String error = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(error).contains("another broker works in " + data);
            assertThatThrownBy(() -> EmbeddedKafka.start(data)).isInstanceOf(IOException.class);
            Records.write(kafka.bootstrapServers(), "unharmed");
            requireRecords(kafka.bootstrapServers(), "unharmed");
        }
    }

    @Test
    void shouldSendTheClientsOfEachListenerBackToIt() throws Exception {
        // Given
        int near = Listener.freeLoopbackPort();
        int far = Listener.freeLoopbackPort();
        List<Listener> listeners =
                List.of(Listener.on("127.0.0.1", near), Listener.parse("0.0.0.0:" + far + "=127.0.0.2:" + far));

        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("data"), listeners)) {
            Records.createTopic(kafka.bootstrapServers());
            Records.write("127.0.0.1:" + near, "from near");
            Records.write("127.0.0.3:" + far, "from far");

            // Then
            assertThat(kafka.advertisedAddresses()).isEqualTo("127.0.0.1:" + near + ",127.0.0.2:" + far);
            requireRecords("127.0.0.1:" + near, "from near", "from far");
        }
    }

    /** A commit is promised before its marker stands in the partition; a broker that was started anew writes what is missing. */
    private static void requireRecords(String servers, String... values) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(Records.readAll(servers)).containsExactly(values));
    }
}

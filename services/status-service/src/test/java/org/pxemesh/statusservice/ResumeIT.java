package org.pxemesh.statusservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.kafka.EmbeddedKafka;

/** What a restart, a lost cluster and a broken stream leave behind. */
class ResumeIT {

    private static final String MAC = "52:54:00:21:00:01";

    @TempDir
    private Path temp;

    private EmbeddedKafka kafka;
    private Writers writers;
    private final Branch branch = new Branch("Jena", 21, 2);

    @BeforeEach
    void start() throws IOException {
        kafka = EmbeddedKafka.start(temp.resolve("kafka"));
        writers = new Writers(kafka.bootstrapServers(), StatusServer.keyFile(temp));
    }

    @AfterEach
    void stop() {
        writers.close();
        kafka.close();
    }

    @Test
    void shouldReadOnlyTheTailAfterARestart() throws Exception {
        // Given
        UUID boot = UUID.randomUUID();
        try (StatusServer first = StatusServer.start(kafka, temp, Map.of())) {
            writers.hq(branch.siteChanged());
            for (int i = 0; i < 20; i++) {
                writers.agent(branch.peer(0), branch.served(boot, 0, MAC, "file" + i, 10, 0.1));
            }
            soon().untilAsserted(() -> assertThat(files(first, boot)).isEqualTo(20));
            first.stop();
        }
        writers.agent(branch.peer(0), branch.served(boot, 0, MAC, "file20", 10, 0.1));
        writers.agent(branch.peer(0), branch.delivered(boot, 0, MAC, 21, 210, 2.0));

        // When
        try (StatusServer second = StatusServer.start(kafka, temp, Map.of())) {

            // Then: ready means that the tail is in
            assertThat(second.log()).contains("projections=resuming", "behind=2");
            assertThat(files(second, boot)).isEqualTo(21);
            assertThat(counted(second)).isEqualTo(2);
            assertThat(second.json("/api/v1/segments")).isEmpty();
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenItIsKilled() {
        // Given
        UUID boot = UUID.randomUUID();
        try (StatusServer first = StatusServer.start(kafka, temp, Map.of())) {
            for (int i = 0; i < 50; i++) {
                writers.agent(branch.peer(0), branch.served(boot, 0, MAC, "file" + i, 10, 0.1));
            }
            soon().untilAsserted(() ->
                    assertThat(first.get("/api/v1/boots/" + boot).statusCode()).isEqualTo(200));

            // When: SIGKILL, perhaps between two batches
            first.close();
        }
        try (StatusServer second = StatusServer.start(kafka, temp, Map.of())) {

            // Then
            assertThat(files(second, boot)).isEqualTo(50);
        }
    }

    @Test
    void shouldBeginAnewOnAnotherCluster(@TempDir Path other) throws Exception {
        // Given
        try (StatusServer first = StatusServer.start(kafka, temp, Map.of())) {
            writers.agent(branch.peer(0), branch.joined(0));
            soon().untilAsserted(() -> assertThat(first.json("/api/v1/peers")).hasSize(1));
            first.stop();
        }
        try (EmbeddedKafka replaced = EmbeddedKafka.start(other.resolve("kafka"));
                Writers elsewhere = new Writers(replaced.bootstrapServers(), StatusServer.keyFile(temp))) {
            elsewhere.agent(branch.peer(1), branch.joined(1));

            // When
            try (StatusServer second = StatusServer.start(replaced, temp, Map.of())) {

                // Then
                assertThat(second.log()).contains("projections=begin-anew");
                assertThat(second.json("/api/v1/peers").findValuesAsText("id"))
                        .containsExactly(branch.peer(1).toString());
            }
        }
    }

    @Test
    void shouldResumeTheStreamAfterTheLastEvent() {
        try (StatusServer status = StatusServer.start(kafka, temp, Map.of("pxemesh.status.heartbeat", "1s"))) {
            // Given
            long start = status.json("/api/v1/overview").path("lastEventId").asLong();
            List<Long> seen;
            try (LiveStream first = new LiveStream(status.address(), "/api/v1/events?after=" + start)) {
                writers.agent(branch.peer(0), branch.joined(0));
                writers.agent(branch.peer(1), branch.joined(1));
                soon().untilAsserted(() -> assertThat(first.ids()).hasSize(2));
                soon().untilAsserted(() -> assertThat(first.comments()).contains("heartbeat"));
                seen = first.ids();
            }

            // When: things happen while nobody listens
            writers.agent(branch.peer(0), branch.left(1, true));
            writers.agent(branch.peer(0), branch.elected(0, 1));

            // Then
            try (LiveStream again = new LiveStream(
                    status.address(),
                    "/api/v1/events?after=" + start,
                    "Last-Event-ID",
                    seen.getFirst().toString())) {
                soon().untilAsserted(() -> assertThat(again.data()).hasSize(3));
                assertThat(again.ids()).isSorted().startsWith(seen.getLast());
                assertThat(again.data().get(1)).contains("\"type\":\"org.pxemesh.peer.left.v1\"", "\"graceful\":true");
                assertThat(again.data().get(2)).contains("\"type\":\"org.pxemesh.peer.elected.v1\"");
            }
            try (LiveStream fromElsewhere = new LiveStream(
                    status.address(), "/api/v1/events", "Last-Event-ID", Long.toString(Long.MAX_VALUE))) {
                soon().untilAsserted(() -> assertThat(fromElsewhere.names()).containsExactly("reset"));
            }
            assertThat(status.send("GET", "/api/v1/events", "", "Last-Event-ID", "yesterday")
                            .body())
                    .contains("\"field\":\"Last-Event-ID\"");
        }
    }

    @Test
    void shouldBoundTheNumberOfStreams() {
        try (StatusServer status = StatusServer.start(kafka, temp, Map.of("pxemesh.status.streams", "1"))) {
            try (LiveStream one = new LiveStream(status.address(), "/api/v1/events")) {
                // Given
                soon().untilAsserted(() -> assertThat(one.comments()).isNotEmpty());

                // Then
                assertThatThrownBy(() -> new LiveStream(status.address(), "/api/v1/events"))
                        .hasMessageContaining("503")
                        .hasMessageContaining("live streams are open");
            }
            // A stream that was closed makes room once the server notices, which a write tells it.
            soon().untilAsserted(() -> {
                writers.agent(branch.peer(0), branch.joined(0));
                new LiveStream(status.address(), "/api/v1/events").close();
            });
        }
    }

    private static int files(StatusServer status, UUID boot) {
        return status.json("/api/v1/boots/" + boot).path("files").asInt();
    }

    /** Events that this process put into the projections. */
    private static long counted(StatusServer status) {
        return status.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("pxemesh_status_events_total"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }
}

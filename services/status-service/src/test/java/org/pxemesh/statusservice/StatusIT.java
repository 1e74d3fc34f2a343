package org.pxemesh.statusservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.events.Event;
import org.pxemesh.kafka.EmbeddedKafka;

/** What is told on Kafka is seen over REST; each test has a branch of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusIT {

    /** Where the service keeps its data. */
    Path directory = Path.of("");

    private EmbeddedKafka kafka;
    private Writers writers;
    private StatusServer status;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        directory = temp;
        Map<String, String> settings = settings();
        kafka = EmbeddedKafka.start(temp.resolve("kafka"));
        writers = new Writers(kafka.bootstrapServers(), StatusServer.keyFile(temp));
        status = StatusServer.start(kafka, temp, settings);
    }

    /** Settings of the service beside those that every test has. */
    Map<String, String> settings() throws Exception {
        return Map.of();
    }

    @AfterAll
    void stop() {
        if (status != null) {
            status.close();
        }
        if (kafka != null) {
            writers.close();
            kafka.close();
        }
    }

    @Test
    void shouldShowSegmentsPeersAndTheElectedUplink() {
        // Given
        Branch branch = new Branch("Aachen", 11, 2);
        writers.hq(branch.siteChanged());

        // When
        tell(branch, 0, branch.joined(0));
        tell(branch, 1, branch.joined(1));
        tell(branch, 0, branch.reported(0, List.of(), Branch.whole()));
        tell(branch, 1, branch.reported(1, List.of("port 69 is taken by in.tftpd")));
        tell(branch, 1, branch.elected(1, 3));

        // Then
        soon().untilAsserted(() -> {
            JsonNode segment =
                    status.json("/api/v1/segments?site=" + branch.site()).path(0);
            assertThat(segment.path("siteName").asText()).isEqualTo("Aachen");
            assertThat(segment.path("uplink").path("hostname").asText()).isEqualTo(branch.host(1));
            assertThat(segment.path("joined").asInt()).isEqualTo(2);
        });
        JsonNode peers = status.json("/api/v1/peers?segment=" + branch.segment());
        assertThat(peers.path(0).path("holdings").path(0).path("complete").asBoolean())
                .isTrue();
        assertThat(peers.path(0).path("uplink").asBoolean()).isFalse();
        assertThat(peers.path(1).path("uplink").asBoolean()).isTrue();
        assertThat(peers.path(1).path("problems").path(0).asText()).isEqualTo("port 69 is taken by in.tftpd");
    }

    @Test
    void shouldBelieveTheHighestTermWhicheverWordComesLast() {
        // Given
        Branch branch = new Branch("Bonn", 12, 3);
        tell(branch, 2, branch.elected(2, 9));

        // When
        tell(branch, 0, branch.elected(0, 8));
        tell(branch, 1, branch.joined(1));

        // Then
        soon().untilAsserted(() -> assertThat(
                        status.json("/api/v1/peers?segment=" + branch.segment()).size())
                .isEqualTo(1));
        JsonNode uplink =
                status.json("/api/v1/segments?site=" + branch.site()).path(0).path("uplink");
        assertThat(uplink.path("peerId").asText()).isEqualTo(branch.peer(2).toString());
        assertThat(uplink.path("term").asLong()).isEqualTo(9);
        soon().untilAsserted(() -> assertThat(Topics.compacted(kafka.bootstrapServers(), "pxemesh.topology")
                        .get(branch.segment().toString()))
                .contains("\"term\":9"));
    }

    @Test
    void shouldShowWhatPeersFindOnceAndForgetWhatIsGone() {
        // Given: two peers that see one server, and one of them another
        Branch branch = new Branch("Jena", 21, 3);
        writers.hq(branch.siteChanged());
        tell(branch, 0, branch.joined(0));
        Instant first = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);
        writers.agent(branch.peer(0), first, branch.surveyed(0, "10.21.0.1"));
        tell(branch, 1, branch.surveyed(1, "10.21.0.1", "10.21.0.2"));

        // Then
        soon().untilAsserted(() -> {
            JsonNode found = findings(branch);
            assertThat(found.findValuesAsText("server")).containsExactly("10.21.0.1", "10.21.0.2");
            assertThat(found.path(0).path("peers").asInt()).isEqualTo(2);
            assertThat(found.path(0).path("since").asText()).isEqualTo(first.toString());
            assertThat(found.path(0).path("siteName").asText()).isEqualTo("Jena");
            assertThat(found.path(0).path("symptom").asText()).isEqualTo("PXE-E55");
        });
        assertThat(status.json("/api/v1/overview").path("findings").asInt()).isGreaterThanOrEqualTo(2);

        // When: one leaves and comes back, with nothing new to tell
        tell(branch, 1, branch.left(0, false));
        soon().untilAsserted(() ->
                assertThat(findings(branch).path(0).path("peers").asInt()).isEqualTo(1));
        tell(branch, 0, branch.joined(0));

        // Then
        soon().untilAsserted(() ->
                assertThat(findings(branch).path(0).path("peers").asInt()).isEqualTo(2));

        // When: it sees nothing any more, an older look of the other comes late, and then its next
        tell(branch, 0, branch.surveyed(0));
        writers.agent(branch.peer(1), first, branch.surveyed(1));
        tell(branch, 1, branch.surveyed(1, "10.21.0.2"));

        // Then
        soon().untilAsserted(() ->
                assertThat(findings(branch).findValuesAsText("server")).containsExactly("10.21.0.2"));

        // When
        tell(branch, 1, branch.surveyed(1));

        // Then
        soon().untilAsserted(() -> assertThat(findings(branch)).isEmpty());
    }

    @Test
    void shouldNotShowWhatNobodyConfirmsAnyMore() {
        Branch branch = new Branch("Kiel", 22, 2);
        writers.agent(branch.peer(0), Instant.now().minus(Duration.ofDays(3)), branch.surveyed(0, "10.22.0.1"));
        tell(branch, 1, branch.surveyed(1, "10.22.0.2"));

        soon().untilAsserted(() ->
                assertThat(findings(branch).findValuesAsText("server")).containsExactly("10.22.0.2"));
    }

    private JsonNode findings(Branch branch) {
        return status.json("/api/v1/findings?site=" + branch.site());
    }

    @Test
    void shouldTellPeersThatLeftFromThoseThatAreThere() {
        // Given
        Branch branch = new Branch("Celle", 13, 2);
        tell(branch, 0, branch.joined(0));
        tell(branch, 1, branch.joined(1));

        // When
        tell(branch, 0, branch.left(1, false));

        // Then
        soon().untilAsserted(() -> {
            JsonNode peers = status.json("/api/v1/peers?segment=" + branch.segment());
            assertThat(peers.findValuesAsText("state")).containsExactlyInAnyOrder("joined", "left");
        });
    }

    @Test
    void shouldShowABootWithItsTimelineInOrder() {
        // Given
        Branch branch = new Branch("Dresden", 14, 2);
        UUID boot = UUID.randomUUID();
        String mac = "52:54:00:14:00:01";
        Event requested = branch.requested(boot, 0, mac, 7);
        Event offered = branch.offered(boot, 0, mac, "BINL", "bootnetx64.efi");
        Event served = branch.served(boot, 1, mac, "bootnetx64.efi", 946_736, 0.4);
        Event delivered = branch.delivered(boot, 1, mac, 1, 946_736, 9.5);
        Event checkedIn = branch.checkedIn(boot, 1, mac, 41.25);

        // When: the second peer's word arrives first
        tell(branch, 1, served);
        tell(branch, 1, delivered);
        tell(branch, 1, checkedIn);
        tell(branch, 0, requested);
        tell(branch, 0, offered);

        // Then
        soon().untilAsserted(() -> {
            JsonNode told = status.json("/api/v1/boots/" + boot);
            assertThat(told.path("timeline").findValuesAsText("name"))
                    .containsExactly("BootRequested", "BootOffered", "FileServed", "BootDelivered", "BootCompleted");
            assertThat(told.path("state").asText()).isEqualTo("completed");
            assertThat(told.path("architecture").asText()).isEqualTo("x64 UEFI");
            assertThat(told.path("seconds").asDouble()).isEqualTo(41.25);
            assertThat(told.path("bytes").asLong()).isEqualTo(946_736);
        });
        assertThat(status.json("/api/v1/boots?mac=52-54-00-14-00-01&state=completed&site=" + branch.site()))
                .hasSize(1);
    }

    @Test
    void shouldGiveAllReasonsWhyAClientGotNoAnswer() {
        // Given
        Branch branch = new Branch("Essen", 15, 1);
        UUID boot = UUID.randomUUID();

        // When
        tell(branch, 0, branch.ignored(boot, 0, "52:54:00:15:00:01", 3, "UNKNOWN_COMPUTER", "NO_HOLDER"));

        // Then
        soon().untilAsserted(() -> {
            JsonNode told = status.json("/api/v1/boots/" + boot);
            assertThat(told.path("state").asText()).isEqualTo("ignored");
            assertThat(told.path("ignored").asInt()).isEqualTo(3);
            assertThat(told.path("reasons").toString()).isEqualTo("[\"UNKNOWN_COMPUTER\",\"NO_HOLDER\"]");
        });
    }

    @Test
    void shouldCountWhatIsToldTwiceOnce() {
        // Given
        Branch branch = new Branch("Fulda", 16, 1);
        UUID boot = UUID.randomUUID();
        String mac = "52:54:00:16:00:01";
        Event first = branch.served(boot, 0, mac, "linux", 100, 0.1);
        Event second = branch.served(boot, 0, mac, "initrd.gz", 200, 0.2);

        // When: swapped, and the first one again
        writers.agent(branch.peer(0), 8, Instant.now(), second);
        writers.agent(branch.peer(0), 7, Instant.now(), first);
        writers.agent(branch.peer(0), 7, Instant.now(), first);
        writers.agent(branch.peer(0), 9, Instant.now(), branch.delivered(boot, 0, mac, 2, 300, 1.0));

        // Then
        soon().untilAsserted(() -> assertThat(
                        status.json("/api/v1/boots/" + boot).path("state").asText())
                .isEqualTo("delivered"));
        assertThat(status.json("/api/v1/boots/" + boot).path("files").asInt()).isEqualTo(2);
        assertThat(status.json("/api/v1/boots/" + boot).path("bytes").asLong()).isEqualTo(300);
    }

    @Test
    void shouldShowWhoHoldsHowMuch() {
        // Given
        Branch branch = new Branch("Goslar", 17, 3);
        writers.hq(Branch.packageBuilt(), branch.siteChanged());
        Instant earlier = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(4);

        // When one peer is through and another one told twice how far it is
        tell(branch, 0, branch.joined(0));
        tell(branch, 0, branch.completed(0));
        tell(branch, 1, branch.joined(1));
        writers.agent(branch.peer(1), earlier, branch.progressed(1, 1000));
        writers.agent(branch.peer(1), earlier.plusSeconds(2), branch.progressed(1, 9000));

        // Then its rate is what came in between
        String spread = "/api/v1/distribution/" + Branch.PACKAGE;
        soon().untilAsserted(() -> {
            JsonNode mine = status.json(spread + "/peers?site=" + branch.site());
            assertThat(mine.findValuesAsText("complete")).containsExactlyInAnyOrder("true", "false");
            assertThat(mine.findValuesAsText("wanBytes"))
                    .containsExactlyInAnyOrder(Long.toString(Branch.PACKAGE_BYTES), "0");
            assertThat(mine.findValuesAsText("lanBytesPerSecond")).containsExactlyInAnyOrder("4000", "0");
        });

        // and the site's sums are theirs
        JsonNode site = status.json(spread + "/sites?limit=1000")
                .valueStream()
                .filter(s -> s.path("siteId").asText().equals(branch.site().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(site.path("name").asText()).isEqualTo("Goslar");
        assertThat(site.path("holders").asInt()).isEqualTo(1);
        assertThat(site.path("peers").asInt()).isEqualTo(2);
        assertThat(site.path("bytesHeld").asLong()).isEqualTo(Branch.PACKAGE_BYTES);
        assertThat(site.path("lanBytes").asLong()).isEqualTo(9000);
        JsonNode all = status.json("/api/v1/distribution").path(0);
        assertThat(all.path("packageRef").asText()).isEqualTo(Branch.PACKAGE);
        assertThat(all.path("sites").asInt()).isPositive();
        assertThat(all.path("wanBytes").asLong()).isGreaterThanOrEqualTo(Branch.PACKAGE_BYTES);
        assertThat(status.get(spread + "/peers").body()).contains("\"field\":\"site\"");
    }

    @Test
    void shouldShowWhatCameFromTheSameDisk() {
        // Given
        Branch branch = new Branch("Celle", 19, 2);
        writers.hq(Branch.packageBuilt(), branch.siteChanged());

        // When two peers copied most of it from an older version
        tell(branch, 0, branch.joined(0));
        tell(branch, 0, branch.progressed(0, 9_000, 8_000));
        tell(branch, 1, branch.joined(1));
        tell(branch, 1, branch.progressed(1, 9_500, 7_000));

        // Then
        String spread = "/api/v1/distribution/" + Branch.PACKAGE;
        soon().untilAsserted(() -> assertThat(
                        status.json(spread + "/peers?site=" + branch.site()).findValuesAsText("reusedBytes"))
                .containsExactlyInAnyOrder("8000", "7000"));
        JsonNode site = status.json(spread + "/sites?limit=1000")
                .valueStream()
                .filter(s -> s.path("siteId").asText().equals(branch.site().toString()))
                .findFirst()
                .orElseThrow();
        assertThat(site.path("wanBytes").asLong()).isEqualTo(1_000);
        assertThat(site.path("lanBytes").asLong()).isEqualTo(2_500);
        assertThat(site.path("reusedBytes").asLong()).isEqualTo(15_000);
        assertThat(status.json("/api/v1/distribution")
                        .path(0)
                        .path("reusedBytes")
                        .asLong())
                .isGreaterThanOrEqualTo(15_000);
    }

    @Test
    void shouldGoOnAfterPoisonAndKeepItForPeople() {
        // Given
        Branch branch = new Branch("Hagen", 18, 1);

        // When: no CloudEvent; a type of the future; an unsigned word of HQ
        writers.write(new ProducerRecord<>(
                "pxemesh.up.boot", 0, "poison", "{\"not\":\"an event\"}".getBytes(StandardCharsets.UTF_8)));
        writers.write(Forged.ofUnknownType());
        writers.write(Forged.unsigned(branch.siteChanged()));
        tell(branch, 0, branch.joined(0));

        // Then
        soon().untilAsserted(() -> assertThat(status.json("/api/v1/peers?segment=" + branch.segment()))
                .hasSize(1));
        soon().untilAsserted(() -> {
            assertThat(Topics.reasons(kafka.bootstrapServers(), "pxemesh.up.boot.dlq"))
                    .anyMatch(reason -> reason.contains("header ce_specversion is missing"))
                    .anyMatch(reason -> reason.contains("unknown to this version"));
            assertThat(Topics.reasons(kafka.bootstrapServers(), "pxemesh.down.site.dlq"))
                    .contains("it is not signed");
        });
        assertThat(status.json("/api/v1/segments?site=" + branch.site()).path(0).has("siteName"))
                .isFalse();
    }

    @Test
    void shouldNameTheParameterThatIsWrong() {
        assertThat(status.get("/api/v1/boots?mac=nonsense").body()).contains("\"field\":\"mac\"");
        assertThat(status.get("/api/v1/boots?state=flying").body()).contains("\"field\":\"state\"", "completed");
        assertThat(status.get("/api/v1/boots?limit=0").statusCode()).isEqualTo(400);
        assertThat(status.get("/api/v1/peers?site=1").headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(status.get("/api/v1/boots/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldPageThroughBoots() {
        // Given
        Branch branch = new Branch("Ilmenau", 19, 1);
        for (int i = 0; i < 5; i++) {
            tell(branch, 0, branch.requested(UUID.randomUUID(), 0, "52:54:00:19:00:0" + i, 0));
        }
        soon().untilAsserted(() ->
                assertThat(status.json("/api/v1/boots?site=" + branch.site())).hasSize(5));

        // When
        List<String> macs = new ArrayList<>();
        Optional<String> next = Optional.of("/api/v1/boots?site=" + branch.site() + "&limit=2");
        int pages = 0;
        while (next.isPresent()) {
            macs.addAll(status.json(next.get()).findValuesAsText("mac"));
            next = status.get(next.get()).headers().firstValue("link").map(StatusIT::target);
            pages++;
        }

        // Then
        assertThat(pages).isEqualTo(3);
        assertThat(macs)
                .containsExactly(
                        "52:54:00:19:00:04",
                        "52:54:00:19:00:03",
                        "52:54:00:19:00:02",
                        "52:54:00:19:00:01",
                        "52:54:00:19:00:00");
    }

    private static String target(String link) {
        return link.substring(1, link.indexOf('>'));
    }

    private void tell(Branch branch, int peer, Event event) {
        writers.agent(branch.peer(peer), event);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100));
    }
}

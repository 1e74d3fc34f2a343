package org.pxemesh.policyservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.FirmwareFingerprint;
import org.pxemesh.events.FirmwareLearned;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.events.FirmwareReverted;
import org.pxemesh.events.SignedRecord;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.kafka.EmbeddedKafkaResource;
import org.pxemesh.netboot.learn.Fingerprint;

/** From the sites' observations to what all sites are told, through a real Kafka. */
@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
class FirmwareIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    TrustedKeys trusted;

    /** A firmware of its own for each test: option 55 is what makes it one. */
    private final Fingerprint firmware = new Fingerprint(
            "PXEClient:Arch:00007",
            "0007",
            "010310",
            "%016x".formatted(UUID.randomUUID().getMostSignificantBits()),
            "53",
            "05c0",
            17,
            "");

    private final String id = firmware.id();

    /** The service is one for all tests. */
    private static final AtomicInteger SITES = new AtomicInteger();

    @BeforeEach
    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void shouldTellAllSitesWhenThreeAgree() {
        // When
        observe("pxe10", false);
        observe("pxe10", true);
        observe("pxe10", false);
        awaitVotes("pxe10", 2);
        assertThat(down()).isEmpty();
        observe("pxe10", false);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(down())
                        .singleElement()
                        .satisfies(event -> assertThat(((FirmwareLearned) event).firmware())
                                .satisfies(state -> {
                                    assertThat(state.form()).isEqualTo("pxe10");
                                    assertThat(state.sites()).isEqualTo(3);
                                    assertThat(state.pinned()).isFalse();
                                })));
        assertThat(new TopicReader(bootstrapServers).committed(TopicCatalog.DOWN_FIRMWARE.name()))
                .allSatisfy(record -> assertThat(trusted.refuse(record)).isEmpty());
    }

    @Test
    void shouldCountNoSiteThatNobodyKnowsAndTellWhoSaysWhat() {
        // When: a stranger makes up sites, and one that HQ knows agrees with them
        for (int n = 0; n < 5; n++) {
            observe(UUID.randomUUID(), "pxe10", false, Instant.now());
        }
        observe("pxe10", false);
        observe("binl", true);

        // Then
        awaitVotes("pxe10", 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/api/v1/firmware/" + id)
                        .then()
                        .statusCode(200)
                        .body("says.size()", equalTo(2))
                        .body("says.find { it.form == 'pxe10' }.counts", equalTo(true))
                        .body("says.find { it.form == 'binl' }.counts", equalTo(false))
                        .body("says.find { it.form == 'pxe10' }.site", startsWith("Branch ")));
        assertThat(down()).isEmpty();
    }

    @Test
    void shouldSetAsideWordsFromTheFutureAndOfAFirmwareThatIsDescribedOtherwise() {
        // When
        observe(site(), "pxe10", false, Instant.now().plus(Duration.ofDays(2)));
        send(
                observed(
                        site(),
                        new FirmwareFingerprint(id, "Other", "0007", "010310", "0103", "53", "05c0", 17, ""),
                        "pxe10",
                        false),
                Instant.now());

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(new TopicReader(bootstrapServers).raw(TopicCatalog.UP_FIRMWARE.deadLetters()))
                                .filteredOn(record -> record.key().equals(id))
                                .hasSize(2));
    }

    @Test
    void shouldPinAndRevert() {
        // Given
        observe("binl", false);
        awaitVotes("binl", 1);

        // When
        given().contentType(ContentType.JSON)
                .body(Map.of("form", "pxe10"))
                .post("/api/v1/firmware/" + id + "/pin")
                .then()
                .statusCode(200)
                .body("form", equalTo("pxe10"))
                .body("pinned", equalTo(true))
                .body("revision", equalTo(1));
        given().post("/api/v1/firmware/" + id + "/revert")
                .then()
                .statusCode(200)
                .body("form", equalTo(null))
                .body("revision", equalTo(2));

        // Then
        assertThat(down()).hasExactlyElementsOfTypes(FirmwareLearned.class, FirmwareReverted.class);
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.AUDIT.name()))
                .map(event -> ((AdministratorActed) event).summary())
                .contains("pinned firmware " + id + " to pxe10", "reverted firmware " + id);
    }

    @Test
    void shouldSayWhatIsWrong() {
        given().contentType(ContentType.JSON)
                .body(Map.of("form", "telepathy"))
                .post("/api/v1/firmware/" + id + "/pin")
                .then()
                .statusCode(400)
                .body("field", equalTo("form"));
        given().contentType(ContentType.JSON)
                .body(Map.of("form", "binl"))
                .post("/api/v1/firmware/" + id + "/pin")
                .then()
                .statusCode(404)
                .body("detail", containsString("no site has observed"));
    }

    @Test
    void shouldSetAsideWhatNoAgentWouldSay() {
        // When
        observe("telepathy", false);

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(new TopicReader(bootstrapServers).raw(TopicCatalog.UP_FIRMWARE.deadLetters()))
                                .anyMatch(record -> record.key().equals(id)));
    }

    private void awaitVotes(String form, int sites) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/api/v1/firmware")
                        .then()
                        .statusCode(200)
                        .body("find { it.fingerprint == '" + id + "' }.observed." + form, equalTo(sites)));
    }

    private List<Event> down() {
        return new TopicReader(bootstrapServers)
                .committed(TopicCatalog.DOWN_FIRMWARE.name()).stream()
                        .filter(record -> record.key().equals(id))
                        .map(FirmwareIT::event)
                        .toList();
    }

    private static Event event(SignedRecord record) {
        try {
            return record.envelope().event();
        } catch (org.pxemesh.events.MalformedEventException e) {
            throw new AssertionError(e);
        }
    }

    /** A site that HQ knows, another one at each call, says something. */
    private void observe(String form, boolean foreign) {
        observe(site(), form, foreign, Instant.now());
    }

    private void observe(UUID site, String form, boolean foreign, Instant at) {
        FirmwareFingerprint seen = new FirmwareFingerprint(
                id,
                firmware.vendorClass(),
                firmware.architectures(),
                firmware.networkInterface(),
                firmware.parameters(),
                firmware.order(),
                firmware.maxMessageSize(),
                firmware.guidLength(),
                firmware.vendor());
        send(observed(site, seen, form, foreign), at);
    }

    private static UUID site() {
        int n = SITES.incrementAndGet();
        return UUID.fromString(given().contentType(ContentType.JSON)
                .body(Map.of(
                        "name",
                        "Branch " + n,
                        "kind",
                        "BRANCH",
                        "networks",
                        List.of("10.%d.%d.0/24".formatted(100 + n / 256, n % 256))))
                .post("/api/v1/sites")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    private static Event observed(UUID site, FirmwareFingerprint seen, String form, boolean foreign) {
        return new FirmwareObserved(site, UUID.randomUUID(), UUID.randomUUID(), seen, form, List.of(), foreign);
    }

    private void send(Event event, Instant at) {
        Envelope envelope = Envelope.of("a:1:" + UUID.randomUUID(), "/peer/a", at, event);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                TopicCatalog.UP_FIRMWARE.name(),
                TopicCatalog.partition(
                        Objects.requireNonNull(TopicCatalog.siteOf(event)), TopicCatalog.EMBEDDED_PARTITIONS),
                id,
                envelope.data());
        envelope.headers().forEach(record.headers()::add);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record);
        }
    }
}

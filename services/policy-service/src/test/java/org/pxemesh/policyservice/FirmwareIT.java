package org.pxemesh.policyservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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

/** From the sites' observations to what all sites are told, through a real Kafka. */
@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
class FirmwareIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    TrustedKeys trusted;

    private final String id = "%016x".formatted(UUID.randomUUID().getMostSignificantBits());

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

    private void observe(String form, boolean foreign) {
        Event event = new FirmwareObserved(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                new FirmwareFingerprint(id, "PXEClient:Arch:00007", "0007", "010310", "0103", "53", "05c0", 17, ""),
                form,
                List.of(),
                foreign);
        Envelope envelope = Envelope.of("a:1:" + UUID.randomUUID(), "/peer/a", Instant.now(), event);
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

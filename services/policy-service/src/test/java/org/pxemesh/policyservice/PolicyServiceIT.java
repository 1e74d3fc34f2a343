package org.pxemesh.policyservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.EpochRenewed;
import org.pxemesh.events.PolicyEnabled;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.kafka.EmbeddedKafkaResource;
import org.pxemesh.policy.Collected;

@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
class PolicyServiceIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    TrustedKeys trusted;

    @BeforeEach
    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void shouldWriteASignedRecordAndItsAudit() {
        // Given
        String name = unique("Paris");

        // When
        String id = create("sites", Map.of("name", name, "networks", List.of("10.20.0.0/16")))
                .header("ETag", "\"1\"")
                .header("Location", containsString("/api/v1/sites/"))
                .body("kind", equalTo("BRANCH"))
                .body("revision", equalTo(1))
                .extract()
                .path("id");

        // Then
        var records = new TopicReader(bootstrapServers).committed(TopicCatalog.DOWN_SITE.name());
        assertThat(records)
                .filteredOn(record -> record.key().equals(id))
                .singleElement()
                .satisfies(record -> {
                    assertThat(trusted.refuse(record)).isEmpty();
                    assertThat(record.envelope().event())
                            .isInstanceOfSatisfying(
                                    SiteChanged.class,
                                    event -> assertThat(event.site().name()).isEqualTo(name));
                });
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.AUDIT.name()))
                .filteredOn(AdministratorActed.class::isInstance)
                .map(AdministratorActed.class::cast)
                .filteredOn(act -> act.subjectId().equals(id))
                .singleElement()
                .satisfies(act -> {
                    assertThat(act.actor()).isEqualTo("unauthenticated@127.0.0.1");
                    assertThat(act.summary()).isEqualTo("made site " + name);
                });
    }

    @Test
    void shouldChangeOnlyTheRevisionThatTheCallerSaw() {
        // Given
        String name = unique("Lyon");
        String site = "/api/v1/sites/"
                + create("sites", Map.of("name", name)).extract().path("id");
        Map<String, Object> changed = Map.of("name", name, "networks", List.of("10.1.0.0/16"));

        // When / Then
        json().body(changed).put(site).then().statusCode(428);
        json().body(changed).header("If-Match", "\"7\"").put(site).then().statusCode(412);
        json().body(changed)
                .header("If-Match", "\"1\"")
                .put(site)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        json().body(changed).header("If-Match", "\"1\"").put(site).then().statusCode(412);
        json().body(changed)
                .header("If-Match", "\"2\"")
                .put(site)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        given().get(site).then().statusCode(200).header("ETag", "\"2\"").body("networks[0]", equalTo("10.1.0.0/16"));
    }

    @Test
    void shouldDeleteWithARecordThatSaysSo() {
        // Given
        String id = create("sites", Map.of("name", unique("Rome"))).extract().path("id");

        // When
        given().delete("/api/v1/sites/" + id).then().statusCode(428);
        given().header("If-Match", "\"1\"").delete("/api/v1/sites/" + id).then().statusCode(204);

        // Then
        given().get("/api/v1/sites/" + id).then().statusCode(404).contentType("application/problem+json");
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.DOWN_SITE.name()))
                .contains(new SiteDeleted(UUID.fromString(id), 2));
    }

    @Test
    void shouldNameTheUsersOfWhatCannotBeDeleted() {
        // Given
        String name = unique("Desktops");
        String collection = create("collections", Map.of("name", name, "kind", "RULE", "rule", "chassis = desktop"))
                .extract()
                .path("id");
        String policy = unique("Offices");
        create("policies", Map.of("name", policy, "collections", List.of(collection)));

        // When / Then
        given().header("If-Match", "\"1\"")
                .delete("/api/v1/collections/" + collection)
                .then()
                .statusCode(409)
                .body(
                        "detail",
                        equalTo("collection " + name + " is in use by policy " + policy + ": change these first"));
        given().header("If-Match", "\"1\"")
                .delete("/api/v1/collections/" + Collected.ALL_COMPUTERS)
                .then()
                .statusCode(409);
    }

    @Test
    void shouldNameEveryFieldThatIsWrong() {
        json().body(Map.of("name", " ", "networks", List.of("10.0.0.1/8", "10.1.0.0/16", "10.1.2.0/24")))
                .post("/api/v1/sites")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("name"))
                .body("errors.field", equalTo(List.of("name", "networks[0]", "networks[2]")));
        json().body("{\"name\": \"x\", \"kind\": \"CASTLE\"}")
                .post("/api/v1/sites")
                .then()
                .statusCode(400)
                .body("field", equalTo("kind"))
                .body("detail", containsString("BRANCH"));
        json().body("{\"nmae\": \"x\"}")
                .post("/api/v1/sites")
                .then()
                .statusCode(400)
                .body("field", equalTo("nmae"));
        json().body("{\"networks\": \"10.0.0.0/8\"}")
                .post("/api/v1/sites")
                .then()
                .statusCode(400)
                .body("field", equalTo("networks"));
        json().body("{").post("/api/v1/sites").then().statusCode(400).body("field", nullValue());
        json().post("/api/v1/sites").then().statusCode(400).body("detail", containsString("empty"));
        json().body("null").post("/api/v1/sites").then().statusCode(400);
        given().get("/api/v1/sites/not-a-uuid").then().statusCode(404);
        given().get("/api/v1/sites?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        given().contentType("text/plain").body("x").post("/api/v1/sites").then().statusCode(415);
    }

    @Test
    void shouldEnableAndDisableAPolicy() {
        // Given
        String policy = "/api/v1/policies/"
                + create("policies", Map.of("name", unique("P"), "collections", List.of(Collected.ALL_COMPUTERS)))
                        .body("enabled", equalTo(false))
                        .body("unknownComputers", equalTo("IGNORE"))
                        .extract()
                        .path("id");

        // When / Then
        given().post(policy + "/enable")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("enabled", equalTo(true));
        given().post(policy + "/enable").then().statusCode(200).header("ETag", "\"2\"");
        given().header("If-Match", "\"1\"").post(policy + "/disable").then().statusCode(412);
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.DOWN_POLICY.name()))
                .filteredOn(PolicyEnabled.class::isInstance)
                .map(event -> ((PolicyEnabled) event).policy().id().toString())
                .contains(policy.substring(policy.lastIndexOf('/') + 1));
        given().post(policy + "/disable").then().statusCode(200).body("enabled", equalTo(false));
    }

    @Test
    void shouldTellBothSitesOfAComputerThatMoves() {
        // Given
        String here = create("sites", Map.of("name", unique("Here"))).extract().path("id");
        String there =
                create("sites", Map.of("name", unique("There"))).extract().path("id");
        String mac = "52:54:00:00:0a:01";
        String id = create("computers", Map.of("name", "PC-1", "siteId", here, "macs", List.of(mac)))
                .extract()
                .path("id");

        // When
        json().header("If-Match", "\"1\"")
                .body(Map.of("name", "PC-1", "siteId", there, "macs", List.of(mac)))
                .put("/api/v1/computers/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");

        // Then
        given().get("/api/v1/computers?mac=" + mac).then().body("siteId", equalTo(List.of(there)));
        assertThat(new TopicReader(bootstrapServers).committed(TopicCatalog.DOWN_COMPUTER.name()))
                .filteredOn(record -> record.key().equals(id))
                .extracting(record -> record.envelope().type())
                .containsExactlyInAnyOrder(
                        "org.pxemesh.computer.changed.v1",
                        "org.pxemesh.computer.deleted.v1",
                        "org.pxemesh.computer.changed.v1");
    }

    @Test
    void shouldExplainWithAllReasons() {
        given().queryParam("mac", "52-54-00-00-00-99")
                .queryParam("arch", "7")
                .get("/api/v1/explain")
                .then()
                .statusCode(200)
                .body("boots", equalTo(false))
                .body("reasons", hasItem("NO_DEPLOYMENT"))
                .body("computer", nullValue());
        given().get("/api/v1/explain").then().statusCode(400).body("errors.field", hasItems("mac", "arch"));
    }

    @Test
    void shouldSignTheFirstEpochByItself() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                new TopicReader(bootstrapServers).committed(TopicCatalog.DOWN_EPOCH.name()))
                        .singleElement()
                        .satisfies(record -> {
                            assertThat(trusted.refuse(record)).isEmpty();
                            EpochRenewed epoch =
                                    (EpochRenewed) record.envelope().event();
                            assertThat(epoch.epoch()).isEqualTo(1);
                            assertThat(Duration.between(epoch.issuedAt(), epoch.expiresAt()))
                                    .isEqualTo(Duration.ofDays(30));
                        }));
    }

    @Test
    void shouldDescribeItselfAsOpenApi() {
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.keySet()", hasItems("/api/v1/sites", "/api/v1/policies/{id}/enable", "/api/v1/explain"))
                .body(
                        "paths.'/api/v1/sites/{id}'.delete.responses.keySet()",
                        containsInAnyOrder("204", "404", "409", "412", "428", "503"))
                .body("components.schemas.Problem.properties.keySet()", hasItem("errors"));
    }

    private static ValidatableResponse create(String what, Map<String, ?> body) {
        return json().body(body).post("/api/v1/" + what).then().statusCode(201);
    }

    private static io.restassured.specification.RequestSpecification json() {
        return given().contentType(ContentType.JSON);
    }

    /** The tests share one HQ and run in any order. */
    private static String unique(String name) {
        return name + " " + UUID.randomUUID();
    }
}

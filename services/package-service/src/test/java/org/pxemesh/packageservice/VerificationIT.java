package org.pxemesh.packageservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.kafka.EmbeddedKafkaResource;

@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
@QuarkusTestResource(PackageServiceResource.class)
class VerificationIT {

    private static final String KERNEL = "debian-installer/amd64/linux";

    @BeforeEach
    void awaitReadiness() {
        Hq.awaitReadiness();
    }

    @Test
    void shouldFindAVersionSound() {
        // Given
        Hq.built(Hq.importDirectory("sound", "1", Hq.tree("sound", "sound")));

        // When
        JsonPath ended = verified("sound", "1");

        // Then
        assertThat(ended.getString("state")).as(ended.prettify()).isEqualTo("sound");
        assertThat(ended.getInt("filesDone")).isEqualTo(ended.getInt("files")).isPositive();
        assertThat(ended.getLong("bytesDone")).isEqualTo(ended.getLong("bytes")).isPositive();
    }

    @Test
    void shouldReportEachDamagedFileWithItsPlace() throws Exception {
        // Given a file with other bytes, one that is too short, and one that is gone
        String digest = Hq.built(Hq.importDirectory("damaged", "1", Hq.tree("damaged", "damaged")))
                .getString("manifestSha256");
        Files.writeString(stored(digest, KERNEL), "KERNEL damaged");
        Files.writeString(stored(digest, "debian-installer/amd64/grubx64.efi"), "g");
        Files.delete(stored(digest, "version.info"));

        // When
        JsonPath ended = verified("damaged", "1");

        // Then
        assertThat(ended.getString("state")).isEqualTo("damaged");
        assertThat(ended.getList("damaged.path"))
                .containsExactlyInAnyOrder(KERNEL, "debian-installer/amd64/grubx64.efi", "version.info");
        assertThat(ended.getList("damaged.problem").toString())
                .contains("1 of 1 chunks have other bytes, the first at 0 to 13", "has 1 bytes, not 4", "is not there");
        assertThat(ended.getString("damaged[0].stored")).startsWith(setting("pxemesh.content.dir"));

        // and what all share is put right, for the other tests and for whoever imports the same files again
        Hq.built(Hq.importDirectory("damaged", "2", Hq.tree("damaged", "damaged")));
        assertThat(verified("damaged", "1").getString("state")).isEqualTo("sound");
    }

    @Test
    void shouldReportAManifestAndASignatureThatAreNotHqs() throws Exception {
        // Given
        String digest = Hq.built(Hq.importDirectory("forged", "1", Hq.tree("forged", "forged")))
                .getString("manifestSha256");
        Path signature = Path.of(setting("pxemesh.content.dir"), "manifests", digest + ".sig");
        String good = Files.readString(signature);
        Files.writeString(signature, good.replaceFirst(":....", ":AAAA"));

        // Then
        assertThat(verified("forged", "1").getList("damaged.path")).containsExactly("manifest.sig");

        // When
        Files.writeString(signature, good);
        Path manifest = Path.of(setting("pxemesh.content.dir"), "manifests", digest);
        byte[] bytes = Files.readAllBytes(manifest);
        Files.writeString(manifest, "{}");

        // Then
        assertThat(verified("forged", "1").getList("damaged.path")).containsExactly("manifest");
        Files.write(manifest, bytes);
    }

    @Test
    void Q112_shouldGiveNobodyWhatWasRevokedSince() throws Exception {
        // Given a version that was published before its program was revoked
        Path tree = Hq.tree("revoked", "revoked");
        Hq.built(Hq.importDirectory("revoked", "1", tree));
        Sha256 kernel = Sha256.of(Files.readAllBytes(tree.resolve(KERNEL)));
        Path list = Hq.setting("pxemesh.import.revoked");
        Files.writeString(list, kernel + " a kernel\n");
        try {
            // When
            JsonPath again = Hq.ended(Hq.importDirectory("revoked", "2", tree));
            JsonPath ended = verified("revoked", "1");

            // Then
            assertThat(again.getString("state")).isEqualTo("failed");
            assertThat(again.getString("reason"))
                    .contains(KERNEL + " is revoked by its digest " + kernel + " (pxemesh.import.revoked)");
            assertThat(ended.getList("damaged.path")).containsExactly(KERNEL);
            assertThat(ended.getString("damaged[0].problem")).contains("is revoked", "retire this version");
        } finally {
            Files.writeString(list, "# nothing any more\n");
        }
        assertThat(verified("revoked", "1").getString("state")).isEqualTo("sound");
    }

    @Test
    void shouldKnowNoVerificationOfWhatIsNotThere() {
        given().post("/api/v1/packages/none/1/verification")
                .then()
                .statusCode(404)
                .body("detail", containsString("none@1"));
        given().get("/api/v1/packages/none/1/verification").then().statusCode(404);
    }

    private static JsonPath verified(String name, String version) {
        String place = given().post("/api/v1/packages/" + name + "/" + version + "/verification")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> given().get(place).jsonPath(), status -> !"running".equals(status.getString("state")));
    }

    private static Path stored(String manifest, String path) throws Exception {
        byte[] bytes = given().get("/content/manifests/" + manifest).asByteArray();
        ManifestFile file = Manifest.parse(bytes).file(path).orElseThrow();
        String hex = file.sha256().hex();
        return Path.of(setting("pxemesh.content.dir"), "files", hex.substring(0, 2), hex);
    }

    private static String setting(String key) {
        return Hq.setting(key).toString();
    }
}

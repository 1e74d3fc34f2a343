package org.pxemesh.packageservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.content.ChunkVerifier;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.ManifestSignature;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.AdministratorActed;
import org.pxemesh.events.PackageBuildFailed;
import org.pxemesh.events.PackageBuildProgressed;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.SigningKeys;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.events.TrustedKeys;
import org.pxemesh.kafka.EmbeddedKafkaResource;

@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
@QuarkusTestResource(PackageServiceResource.class)
class ImportIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @BeforeEach
    void awaitReadiness() {
        Hq.awaitReadiness();
    }

    @Test
    void shouldTellOfAPackageInASignedRecordWhenItIsWhole() throws Exception {
        // When
        JsonPath build = Hq.built(Hq.importDirectory("signed", "1", Hq.tree("signed", "signed")));

        // Then
        TopicReader kafka = new TopicReader(bootstrapServers);
        TrustedKeys publicKeyAlone = publicKeyAlone();
        assertThat(kafka.records(TopicCatalog.DOWN_PACKAGE))
                .filteredOn(record -> record.key().equals("signed@1"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(publicKeyAlone.refuse(record)).isEmpty();
                    assertThat(record.envelope().event()).isInstanceOfSatisfying(PackageBuilt.class, built -> {
                        assertThat(built.pkg().revision()).isEqualTo(1);
                        assertThat(built.pkg().manifestSha256()).isEqualTo(build.getString("manifestSha256"));
                        assertThat(built.pkg().manifestUrl())
                                .isEqualTo("http://hq.example.com:8082/content/manifests/"
                                        + build.getString("manifestSha256"));
                        assertThat(built.pkg().boot().loaders())
                                .extracting("nbp")
                                .containsExactly("pxelinux.0", "ipxe/snponly.efi");
                    });
                });
        assertThat(kafka.events(TopicCatalog.AUDIT, AdministratorActed.class))
                .filteredOn(act -> act.subjectId().equals("signed@1"))
                .singleElement()
                .satisfies(act -> assertThat(act.act()).isEqualTo("import"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(kafka.events(TopicCatalog.PACKAGE_PROGRESS, PackageBuildProgressed.class))
                                .filteredOn(event -> event.name().equals("signed"))
                                .extracting(PackageBuildProgressed::stage)
                                .containsSubsequence("reading", "recognising", "packing", "publishing", "done"));
    }

    @Test
    void shouldServeExactlyWhatTheSignedManifestSays() throws Exception {
        // Given
        String digest = Hq.built(Hq.importDirectory("served", "1", Hq.tree("served", "served")))
                .getString("manifestSha256");

        // When
        byte[] manifestBytes = given().get("/content/manifests/" + digest).asByteArray();
        String signature = given().get("/content/manifests/" + digest + ".sig").asString();

        // Then
        assertThat(Sha256.of(manifestBytes).hex()).isEqualTo(digest);
        assertThat(ManifestSignature.parse(signature).refuse(manifestBytes, publicKeyAlone()))
                .isEmpty();
        Manifest manifest = Manifest.parse(manifestBytes);
        Map<String, String> expected = TestTrees.netboot("served");
        assertThat(manifest.files())
                .extracting(ManifestFile::path)
                .containsAll(expected.keySet())
                .contains("pxelinux.0", "pxelinux.cfg/default", "ldlinux.c32", "ipxe/snponly.efi");
        for (ManifestFile file : manifest.files()) {
            byte[] bytes = given().get("/content/files/" + file.sha256()).asByteArray();
            assertThat(Sha256.of(bytes)).isEqualTo(file.sha256());
            file.chunks()
                    .forEach(chunk -> assertThat(ChunkVerifier.verify(
                                    chunk, ByteBuffer.wrap(bytes, (int) chunk.offset(), chunk.length())))
                            .isEqualTo(ChunkVerifier.Verdict.GOOD));
        }
    }

    @Test
    void shouldMakeTheSamePackageOfAnUpload() {
        // Given
        Hq.built(Hq.importDirectory("same", "dir", Hq.tree("same", "same")));
        byte[] tar = TestTrees.tar(TestTrees.netboot("same"), TestTrees.netbootLinks());

        // When
        Hq.built(Hq.upload("same", "tar", tar));

        // Then
        assertThat(files("same/tar")).isEqualTo(files("same/dir"));
        assertThat(children(Hq.setting("pxemesh.content.dir").resolve("uploads")))
                .isEmpty();
    }

    @Test
    void shouldNeverChangeAVersion() {
        // Given
        Path tree = Hq.tree("immutable", "first");
        String digest = Hq.built(Hq.importDirectory("immutable", "1", tree)).getString("manifestSha256");

        // When the same comes again, then another
        Hq.importDirectory("immutable", "1", tree)
                .statusCode(200)
                .header("Location", endsWith("/api/v1/packages/immutable/1"))
                .body("manifestSha256", equalTo(digest));
        Hq.importDirectory("immutable", "1", Hq.tree("immutable-2", "second"))
                .statusCode(409)
                .body("detail", containsString("versions never change, choose another version"));

        // Then
        given().get("/api/v1/packages/immutable/1").then().body("manifestSha256", equalTo(digest));
        assertThat(new TopicReader(bootstrapServers).events(TopicCatalog.DOWN_PACKAGE, PackageBuilt.class))
                .filteredOn(built -> built.pkg().name().equals("immutable"))
                .hasSize(1);
    }

    @Test
    void shouldSayWhatItLookedForAndFoundWhenNothingBoots() throws IOException {
        // Given
        Path photos = Files.createDirectories(Hq.setting("pxemesh.import.roots").resolve("photos"));
        Files.writeString(photos.resolve("cat.jpg"), "meow");

        // When
        JsonPath build = Hq.ended(Hq.importDirectory("photos", "1", photos));

        // Then
        assertThat(build.getString("state")).isEqualTo("failed");
        assertThat(build.getString("reason"))
                .contains("Looked for a Windows PE", "for a Debian installer netboot tree", "Found 1 files: cat.jpg");
        given().get("/api/v1/packages/photos/1").then().statusCode(404);
        assertThat(children(Hq.setting("pxemesh.content.dir").resolve("staging")))
                .isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(failures("photos"))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.reason()).contains("cat.jpg")));
    }

    @Test
    void shouldSweepWhatACrashCutOffAndTellOfIt() {
        assertThat(Hq.setting("pxemesh.content.dir").resolve("staging/" + PackageServiceResource.INTERRUPTED))
                .doesNotExist();
        given().get("/api/v1/packages/half/1").then().statusCode(404);
        given().get("/api/v1/packages/imports/" + PackageServiceResource.INTERRUPTED)
                .then()
                .statusCode(200)
                .body("state", equalTo("failed"))
                .body("reason", containsString("import again"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(failures("half"))
                        .singleElement()
                        .satisfies(
                                failed -> assertThat(failed.buildId()).isEqualTo(PackageServiceResource.INTERRUPTED)));
    }

    @Test
    void shouldRetireAVersionOnlyInTheRevisionThatWasSeen() {
        // Given
        Path tree = Hq.tree("old", "old");
        Hq.built(Hq.importDirectory("old", "1", tree));
        String retire = "/api/v1/packages/old/1/retire";

        // When, Then
        given().post(retire).then().statusCode(428);
        given().header("If-Match", "\"9\"").post(retire).then().statusCode(412);
        given().header("If-Match", "\"1\"")
                .post(retire)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("state", equalTo("retired"));
        given().header("If-Match", "\"2\"").post(retire).then().statusCode(200).header("ETag", "\"2\"");
        given().post("/api/v1/packages/old/2/retire").then().statusCode(404);
        Hq.importDirectory("old", "1", tree).statusCode(409).body("detail", containsString("retired for good"));
        given().get("/api/v1/packages?limit=10000").then().body("ref", hasItems("old@1"));
    }

    @Test
    void shouldNameAllThatIsWrongWithARequest() {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "Bad Name", "version", "a@b", "kind", "floppy"))
                .post("/api/v1/packages/imports")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", equalTo(List.of("name", "version", "kind", "source.directory")));
        Hq.upload("imports", "1", TestTrees.tar(TestTrees.netboot(""), Map.of()))
                .statusCode(400)
                .body("field", equalTo("name"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":                                          | the body is not the JSON
            []                                                | the body is not the JSON
            {"name":"x","source":{"directory":"/etc"}}        | /etc is under none of pxemesh.import.roots
            {"name":"x","source":{"directroy":"/srv"}}        | source.directroy
            {"name":"x","source":"/srv"}                      | source
            """)
    void shouldAnswerABrokenBodyWithItsPlace(String body, String detail) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/packages/imports")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    @Test
    void shouldRefuseAHostileUpload() {
        Hq.upload("evil", "1", "MSCF: a cabinet".getBytes(StandardCharsets.UTF_8))
                .statusCode(400)
                .body("field", equalTo("archive"));
        JsonPath slip = Hq.ended(Hq.upload("evil", "2", TestTrees.tar(Map.of("../../evil", "x"), Map.of())));
        assertThat(slip.getString("reason")).contains("an entry's name in the archive has \"..\" in it");
        Map<String, String> cases = Map.of("A/linux", "1", "a/LINUX", "2");
        Map<String, String> files = new HashMap<>(TestTrees.netboot(""));
        files.putAll(cases);
        JsonPath collision = Hq.ended(Hq.upload("evil", "3", TestTrees.tar(files, TestTrees.netbootLinks())));
        assertThat(collision.getString("reason")).contains("differ in case only");
    }

    private List<PackageBuildFailed> failures(String name) {
        return new TopicReader(bootstrapServers)
                .events(TopicCatalog.PACKAGE_PROGRESS, PackageBuildFailed.class).stream()
                        .filter(failed -> failed.name().equals(name))
                        .toList();
    }

    private static Object files(String version) {
        return given().get("/api/v1/packages/" + version + "/manifest")
                .jsonPath()
                .get("files");
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrustedKeys publicKeyAlone() throws IOException {
        String pem = Files.readString(Hq.setting("pxemesh.signing.key-file"));
        return TrustedKeys.parse(TrustedKeys.format(SigningKeys.parse(pem).getPublic()));
    }
}

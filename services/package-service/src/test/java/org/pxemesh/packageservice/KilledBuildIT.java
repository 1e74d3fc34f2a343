package org.pxemesh.packageservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.PackageBuildFailed;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.kafka.EmbeddedKafka;

/** The real program, ended by SIGKILL and by its grace period. */
class KilledBuildIT {

    private static final int MEGABYTES = 96;
    private static final String IMPORT = """
            {"name":"big","version":"1","source":{"directory":"%s"}}
            """;

    @TempDir
    Path dir;

    private EmbeddedKafka kafka;

    @BeforeEach
    void prepare() throws Exception {
        kafka = EmbeddedKafka.start(dir.resolve("kafka"));
        Files.writeString(dir.resolve("snponly.efi"), "iPXE");
        TestTrees.write(dir.resolve("root/big"), TestTrees.netboot("big"), TestTrees.netbootLinks());
        byte[] megabyte = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(dir.resolve("root/big/debian-installer/amd64/initrd.gz"))) {
            for (int n = 0; n < MEGABYTES; n++) {
                random.nextBytes(megabyte);
                out.write(megabyte);
            }
        }
    }

    @AfterEach
    void stopKafka() throws IOException {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 90})
    void shouldLeaveNothingHalfVisible(int percent) throws Exception {
        // Given a build that has read so much
        try (PackageProcess hq = start(Map.of())) {
            String id = begin(hq);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> hq.get("/api/v1/packages/imports/" + id)
                                    .path("bytesDone")
                                    .asLong()
                            > percent * (MEGABYTES << 20) / 100L);

            // When it is killed: closing is SIGKILL
        }

        // Then every name on the disk is of whole content, and no record speaks of the version
        assertThat(names()).allSatisfy(KilledBuildIT::isWhole);
        assertThat(built()).isEmpty();

        // and the next start says so, sweeps it, and builds it
        try (PackageProcess hq = start(Map.of())) {
            assertThat(hq.get("/api/v1/packages")).isEmpty();
            assertThat(children(dir.resolve("content/staging"))).isEmpty();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(new TopicReader(kafka.bootstrapServers())
                                    .events(TopicCatalog.PACKAGE_PROGRESS, PackageBuildFailed.class))
                            .extracting(PackageBuildFailed::reason)
                            .anyMatch(reason -> reason.contains("stopped in the middle")));
            assertThat(end(hq, begin(hq)).path("state").asText()).isEqualTo("built");
            assertThat(built()).hasSize(1);
            assertThat(names()).allSatisfy(KilledBuildIT::isWhole);
        }
    }

    @Test
    void shouldServeARetiredVersionUntilItsGraceIsOverAndThenFreeTheDisk() throws Exception {
        // Given
        String manifest;
        try (PackageProcess hq = start(Map.of())) {
            manifest = end(hq, begin(hq)).path("manifestSha256").asText();
            assertThat(hq.send("POST", "/api/v1/packages/big/1/retire", "", "If-Match", "\"1\"")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hq.get("/api/v1/packages/big/1").path("retiredAt").asText())
                    .isNotEmpty();

            // Then a boot or a fetch under way goes on
            assertThat(hq.send("GET", "/content/manifests/" + manifest, "").statusCode())
                    .isEqualTo(200);
        }

        // When its grace has passed, also over a kill and a restart
        try (PackageProcess hq = start(Map.of("pxemesh.content.grace", "1ms", "pxemesh.content.collect-every", "1s"))) {
            // Then
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(names()).isEmpty());
            assertThat(hq.send("GET", "/content/manifests/" + manifest, "").statusCode())
                    .isEqualTo(404);
            assertThat(hq.get("/api/v1/packages/big/1/manifest").path("detail").asText())
                    .contains("its content was removed");
        }
    }

    private PackageProcess start(Map<String, String> settings) throws IOException {
        return PackageProcess.start(kafka.bootstrapServers(), dir, settings);
    }

    private String begin(PackageProcess hq) {
        JsonNode begun = hq.json("POST", "/api/v1/packages/imports", IMPORT.formatted(dir.resolve("root/big")));
        assertThat(begun.path("id").asText()).as(begun.toString()).isNotEmpty();
        return begun.path("id").asText();
    }

    private static JsonNode end(PackageProcess hq, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> hq.get("/api/v1/packages/imports/" + id),
                        build -> !build.path("state").asText().equals("running"));
    }

    private List<PackageBuilt> built() throws Exception {
        return new TopicReader(kafka.bootstrapServers()).events(TopicCatalog.DOWN_PACKAGE, PackageBuilt.class);
    }

    /** All names that anybody could ask for. */
    private List<Path> names() throws IOException {
        try (Stream<Path> all =
                Stream.concat(Files.walk(dir.resolve("content/files")), Files.walk(dir.resolve("content/manifests")))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void isWhole(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (Sha256.isValid(name)) {
            assertThat(Sha256.of(Files.readAllBytes(file)).hex()).isEqualTo(name);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}

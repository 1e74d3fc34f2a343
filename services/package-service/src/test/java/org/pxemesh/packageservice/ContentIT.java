package org.pxemesh.packageservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.Sha256;
import org.pxemesh.kafka.EmbeddedKafkaResource;

@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
@QuarkusTestResource(PackageServiceResource.class)
class ContentIT {

    private static final String KERNEL = "kernel content";
    private static final Sha256 DIGEST = Sha256.of(KERNEL.getBytes(StandardCharsets.UTF_8));
    private static final String URL = "/content/files/" + DIGEST;
    private static final String EMPTY = "/content/files/" + Sha256.of(new byte[0]);

    @BeforeEach
    void importOnce() {
        Hq.awaitReadiness();
        var answer = Hq.importDirectory("content", "1", Hq.tree("content", "content"));
        if (answer.extract().statusCode() != 200) {
            Hq.built(answer);
        }
    }

    @Test
    void shouldSendTheWholeWithHeadersThatLetItBeKeptForEver() {
        given().get(URL)
                .then()
                .statusCode(200)
                .header("ETag", "\"" + DIGEST + "\"")
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", "14")
                .header("Content-Type", "application/octet-stream")
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .body(equalTo(KERNEL));
        given().head(URL).then().statusCode(200).header("Content-Length", "14").body(equalTo(""));
        given().get(EMPTY).then().statusCode(200).header("Content-Length", "0").body(equalTo(""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            bytes=0-5    | - | - | - | 206 | bytes 0-5/14   | kernel
            bytes=7-     | - | - | - | 206 | bytes 7-13/14  | content
            bytes=-7     | - | - | - | 206 | bytes 7-13/14  | content
            bytes=0-99   | - | - | - | 206 | bytes 0-13/14  | kernel content
            bytes=14-    | - | - | - | 416 | bytes */14     | -
            bytes=-0     | - | - | - | 416 | bytes */14     | -
            bytes=0-1,3- | - | - | - | 200 | -              | kernel content
            bytes=x      | - | - | - | 200 | -              | kernel content
            bytes=0-5    | E | - | - | 206 | bytes 0-5/14   | kernel
            bytes=0-5    | X | - | - | 200 | -              | kernel content
            bytes=0-5    | - | E | - | 206 | bytes 0-5/14   | kernel
            bytes=0-5    | - | X | - | 412 | -              | -
            -            | - | - | E | 304 | -              | -
            -            | - | - | X | 200 | -              | kernel content
            """)
    void shouldHonourRangesAndPreconditions(
            @Nullable String range,
            @Nullable String ifRange,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            int status,
            @Nullable String contentRange,
            @Nullable String body) {
        // Given
        var request = given();
        header(request, "Range", range);
        header(request, "If-Range", etag(ifRange));
        header(request, "If-Match", etag(ifMatch));
        header(request, "If-None-Match", etag(ifNoneMatch));

        // When
        var answer = request.get(URL).then();

        // Then
        answer.statusCode(status).header("Content-Range", contentRange == null ? nullValue() : equalTo(contentRange));
        if (body != null) {
            answer.body(equalTo(body)).header("Content-Length", String.valueOf(body.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/content/files/xyz",
                "/content/files/E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "/content/files/..%2f..%2fkey.pem",
                "/content/manifests/..%2f..%2fkey.pem",
                "/content/manifests/..%2fx.sig"
            })
    void shouldTakeOnlyDigestsForNames(String url) {
        given().urlEncodingEnabled(false)
                .get(url)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("digest"));
    }

    @Test
    void shouldNotHaveWhatNobodyImported() {
        String unknown = "0".repeat(64);
        given().get("/content/files/" + unknown)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Cache-Control", nullValue());
        given().get("/content/manifests/" + unknown).then().statusCode(404);
        given().get("/content/manifests/" + unknown + ".sig").then().statusCode(404);
    }

    @Test
    void shouldSayThatContentIsGoneThoughItWasJustServed() throws IOException {
        // Given
        byte[] bytes = "collected in a moment".getBytes(StandardCharsets.UTF_8);
        String digest = Sha256.of(bytes).hex();
        Path file = Hq.setting("pxemesh.content.dir").resolve("files/" + digest.substring(0, 2) + "/" + digest);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        given().header("Range", "bytes=0-8")
                .get("/content/files/" + digest)
                .then()
                .statusCode(206);

        // When
        Files.delete(file);

        // Then
        given().header("Range", "bytes=0-8")
                .get("/content/files/" + digest)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Content-Range", nullValue())
                .header("Cache-Control", nullValue());
        given().head("/content/files/" + digest).then().statusCode(404);
    }

    @Test
    void shouldCountWhatLeavesHq() {
        double before = servedBytes();
        given().header("Range", "bytes=0-5").get(URL).then().statusCode(206);
        given().head(URL).then().statusCode(200);
        Awaitility.await()
                .untilAsserted(() -> assertThat(servedBytes() - before).isEqualTo(6));
    }

    private static double servedBytes() {
        return given().accept("text/plain")
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("pxemesh_content_served_bytes_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static @Nullable String etag(@Nullable String which) {
        return which == null ? null : which.equals("E") ? "\"" + DIGEST + "\"" : "\"other\"";
    }

    private static void header(RequestSpecification request, String name, @Nullable String value) {
        if (value != null) {
            request.header(name, value);
        }
    }
}

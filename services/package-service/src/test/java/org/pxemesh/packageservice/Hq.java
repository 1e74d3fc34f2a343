package org.pxemesh.packageservice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service as an administrator uses it. */
final class Hq {

    private Hq() {}

    static void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    static Path setting(String key) {
        return Path.of(ConfigProvider.getConfig().getValue(key, String.class));
    }

    /** A tree under the import root, with the original's links. */
    static Path tree(String name, String salt) {
        Path tree = setting("pxemesh.import.roots").resolve(name);
        if (Files.exists(tree)) {
            return tree;
        }
        TestTrees.write(tree, TestTrees.netboot(salt), TestTrees.netbootLinks());
        return tree;
    }

    static ValidatableResponse importDirectory(String name, String version, Path directory) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", name);
        body.put("version", version);
        body.put("source", Map.of("directory", directory.toString()));
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/packages/imports")
                .then();
    }

    static ValidatableResponse upload(String name, String version, byte[] archive) {
        return given().multiPart("name", name)
                .multiPart("version", version)
                .multiPart("archive", "archive", archive)
                .post("/api/v1/packages/imports")
                .then();
    }

    /** The build behind a 202, once it has ended. */
    static JsonPath ended(ValidatableResponse accepted) {
        String place = accepted.statusCode(202).extract().header("Location");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> given().get(place).jsonPath(), build -> !"running".equals(build.getString("state")));
    }

    static JsonPath built(ValidatableResponse accepted) {
        JsonPath build = ended(accepted);
        assertThat(build.getString("state")).as(build.prettify()).isEqualTo("built");
        return build;
    }
}

package org.pxemesh.policyservice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.kafka.EmbeddedKafkaResource;

/**
 * Bodies that are no UTF-8. Jackson tells an encoding by the first octets, so that a file that PowerShell wrote as UTF-16 is
 * what it says; what only looks like one is refused.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedKafkaResource.class)
class BodyEncodingIT {

    private static final String SITES = "/api/v1/sites";

    @BeforeEach
    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void shouldReadWhatIsWrittenInAnotherUnicode(String encoding) {
        String name = "K\u00f8benhavn " + UUID.randomUUID();
        byte[] body = ("{\"name\": \"" + name + "\"}").getBytes(Charset.forName(encoding));

        octets(body).post(SITES).then().statusCode(201).body("name", equalTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "a character beyond Unicode in UTF-32, 0000007b 7fffffff 0000007d",
        "the same with its octets the other way round, 7b000000 ffffff7f 7d000000",
        "half a character of UTF-32, 0000007b 0000",
        "UTF-32 in an order that nobody has, 0000fffe 007b0000",
        "half a pair of UTF-16, 007b 0022 d800 0022 007d",
        "half a character of UTF-16, 7b 00 22",
        "an octet that UTF-8 has not, 7b 22 ff 22 7d"
    })
    void shouldRefuseWhatIsInNoEncoding(String about, String octets) {
        octets(HexFormat.of().parseHex(octets.replace(" ", "")))
                .post(SITES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", nullValue())
                .body("detail", containsString("not the JSON that is expected"));
    }

    private static RequestSpecification octets(byte[] body) {
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/json")
                .body(body);
    }
}

package org.pxemesh.statusservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.kafka.EmbeddedKafka;

/** One address for people: requests of the other services pass through unchanged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardIT {

    private EmbeddedKafka kafka;
    private HttpServer policy;
    private StatusServer status;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start(@TempDir Path temp) throws IOException {
        kafka = EmbeddedKafka.start(temp.resolve("kafka"));
        policy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        policy.createContext("/", this::answer);
        policy.start();
        status = StatusServer.start(
                kafka,
                temp,
                Map.of(
                        "pxemesh.status.policy-url",
                        "http://127.0.0.1:" + policy.getAddress().getPort(),
                        "pxemesh.status.package-url",
                        // Port 9 is discard, which nobody serves any more.
                        "http://127.0.0.1:9"));
    }

    @AfterAll
    void stop() {
        status.close();
        policy.stop(0);
        kafka.close();
    }

    @Test
    void shouldHandOnMethodPathQueryHeadersAndBody() {
        // When
        HttpResponse<String> response = status.send(
                "PUT",
                "/api/v1/policies/7?dry=true",
                "{\"name\":\"all\"}",
                "If-Match",
                "\"3\"",
                "Content-Type",
                "application/json");

        // Then
        assertThat(requests).contains("PUT /api/v1/policies/7?dry=true \"3\" {\"name\":\"all\"}");
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(response.body()).isEqualTo("{\"title\":\"precondition failed\"}");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("etag")).hasValue("\"4\"");
        assertThat(response.headers().firstValue("location")).hasValue(status.address() + "/here");
    }

    @Test
    void shouldHandOnListsToo() {
        assertThat(status.send("GET", "/api/v1/sites", "").statusCode()).isEqualTo(412);
        assertThat(requests).contains("GET /api/v1/sites null ");
    }

    @Test
    void shouldStreamBodiesThatFitIntoNoMemory() {
        // Given: more than the service's heap would like to hold at once
        String megabytes = "x".repeat(30_000_000);

        // When
        HttpResponse<String> response = status.send("POST", "/api/v1/explain", megabytes);

        // Then
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(requests).contains("POST /api/v1/explain null 30000000 bytes");
    }

    @Test
    void shouldSayWhichServiceIsAwayAndWhatToDo() {
        // When
        HttpResponse<String> response = status.get("/api/v1/packages");

        // Then
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("package-service at http://127.0.0.1:9 cannot be reached", "start it");
    }

    @Test
    void shouldSayWhenAServiceBreaksOff() {
        // When
        HttpResponse<String> response = status.send("POST", "/api/v1/deployments/break-off", "{}");

        // Then
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("policy-service did not answer", "read before you try again");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("If-Match") + " "
                + (body.length() > 1000 ? body.length() + " bytes" : body));
        if (exchange.getRequestURI().getPath().endsWith("break-off")) {
            exchange.close();
            return;
        }
        byte[] answer = "{\"title\":\"precondition failed\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        exchange.getResponseHeaders().add("ETag", "\"4\"");
        exchange.getResponseHeaders()
                .add("Location", "http://" + exchange.getRequestHeaders().getFirst("Host") + "/here");
        exchange.sendResponseHeaders(412, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}

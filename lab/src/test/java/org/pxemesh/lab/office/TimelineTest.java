package org.pxemesh.lab.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.lab.run.Until;

class TimelineTest {
    private static final String OFFERED = """
            id:%d
            data:{"type":"org.pxemesh.boot.offered.v1","data":{"boot":{"mac":"52:54:00:00:00:01"},"responder":"10.98.1.50",\
            "rank":%d,"replyForm":"binl","nbp":"snponly.efi"}}

            """;

    @ParameterizedTest
    @CsvSource({
        "org.pxemesh.boot.offered.v1, BootOffered",
        "org.pxemesh.package.build-failed.v1, PackageBuildFailed",
        "org.pxemesh.file.served.v12, FileServed"
    })
    void shouldNameEventsByTheirRecords(String type, String name) {
        assertThat(Timeline.recordName(type)).isEqualTo(name);
    }

    @Test
    void shouldResumeABrokenStreamWhereItBrokeAndShowNames() throws IOException {
        // Given a console whose stream ends after each event
        List<String> resumedAfter = new CopyOnWriteArrayList<>();
        HttpServer console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        console.createContext("/api/v1/events", exchange -> {
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            resumedAfter.add(String.valueOf(last));
            int next = last == null ? 1 : Integer.parseInt(last) + 1;
            byte[] event = OFFERED.formatted(next, next).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        });
        console.start();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        // When
        try (Timeline timeline = new Timeline(new PrintStream(shown, true, StandardCharsets.UTF_8))) {
            timeline.name("10.98.1.50", "pc1");
            timeline.follow(
                    URI.create("http://127.0.0.1:" + console.getAddress().getPort()));
            Until.isTrue(
                    "three events",
                    Duration.ofSeconds(10),
                    () -> timeline.ofClient("52:54:00:00:00:01").size() >= 3);
        } finally {
            console.stop(0);
        }

        // Then
        assertThat(resumedAfter).startsWith("null", "1", "2");
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("BootOffered     by pc1 (rank 1, binl): snponly.efi")
                .contains("(rank 2,");
    }
}

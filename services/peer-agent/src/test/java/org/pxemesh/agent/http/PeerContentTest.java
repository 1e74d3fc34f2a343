package org.pxemesh.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.content.Sha256;

/** What neighbours get, over real sockets. */
class PeerContentTest {

    private final byte[] kernel = new byte[100_000];
    private final AtomicLong rate = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private URI file;

    @TempDir
    private Path tree;

    @BeforeEach
    void start() throws Exception {
        DeskFixture fixture = DeskFixture.over(tree, kernel, "127.0.0.1", "127.0.0.1");
        PeerContent content = new PeerContent(fixture.store(), null, rate::get);
        Sha256 digest = Sha256.of(kernel);
        int port = vertx.createHttpServer()
                .requestHandler(request -> content.handle(request, "files", digest.hex()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        file = URI.create("http://127.0.0.1:" + port + "/content/files/" + digest.hex());
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        client.close();
    }

    @Test
    void shouldGiveAsMuchAsIsAskedForWithoutABound() throws Exception {
        assertThat(statuses(40)).containsOnly(200).hasSize(40);
    }

    @Test
    void shouldSendNeighboursAwayWhoWouldWaitLongForTheirTurn() throws Exception {
        // Given a rate at which a file takes a second and a half
        rate.set(65_536);

        // Then one leaves at once, one waits for its turn, and the rest had better ask elsewhere
        assertThat(statuses(5)).containsExactlyInAnyOrder(200, 200, 503, 503, 503);
    }

    private List<Integer> statuses(int requests) throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
        for (int n = 0; n < requests; n++) {
            asked.add(client.sendAsync(HttpRequest.newBuilder(file).build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<byte[]>> answer : asked) {
            HttpResponse<byte[]> response = answer.get(30, TimeUnit.SECONDS);
            statuses.add(response.statusCode());
            if (response.statusCode() == 200) {
                assertThat(response.body()).isEqualTo(kernel);
            }
        }
        return statuses;
    }
}

package org.pxemesh.agent.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.http.ContentAnswer;
import org.pxemesh.content.http.ContentRequest;
import org.pxemesh.content.wan.WanLimit;

class WanClientTest {
    private static final int CHUNK = 256 * 1024;
    private static final Sha256 ANY = new Sha256("0".repeat(64));

    private final Vertx vertx = Vertx.vertx();
    private final WanClient client = new WanClient(vertx);
    private final byte[] file = new byte[4 * CHUNK + 12345];
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger bytesServed = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        client.close();
        await(vertx.close());
    }

    @Test
    void shouldFetchChunksWholeInSmallPieces() throws Exception {
        var uri = serve(this::answer);

        var chunks = IntStream.range(0, 4)
                .mapToObj(i -> fetch(uri, chunk(i * CHUNK, CHUNK)))
                .toList();
        var last = fetch(uri, chunk(4 * CHUNK, 12345));

        for (var i = 0; i < chunks.size(); i++) {
            assertThat(get(chunks.get(i))).isEqualTo(part(i * CHUNK, CHUNK));
        }
        assertThat(get(last)).isEqualTo(part(4 * CHUNK, 12345));
        assertThat(requests.get()).isGreaterThan(10);
        Awaitility.await().untilAsserted(() -> {
            assertThat(client.status().bytes()).isEqualTo(file.length);
            assertThat(client.status().baseMillis()).isPositive();
            assertThat(client.status().limitedBy()).isEqualTo(WanStatus.DEMAND);
        });
    }

    @Test
    void shouldRestWithItsWorkAndGoOn() throws Exception {
        var uri = serve(this::answer);

        get(fetch(uri, chunk(0, CHUNK)));

        Awaitility.await().until(client::isAtRest);
        assertThat(client.status().bytes()).isEqualTo(CHUNK);
        assertThat(get(fetch(uri, chunk(CHUNK, CHUNK)))).isEqualTo(part(CHUNK, CHUNK));
        Awaitility.await().until(client::isAtRest);
        assertThat(client.status().bytes()).isEqualTo(2 * CHUNK);
    }

    @Test
    void shouldAskAgainForWhatABrokenConnectionLost() throws Exception {
        var uri = serve(request -> {
            if (requests.get() % 7 == 3) {
                requests.incrementAndGet();
                request.connection().close();
            } else {
                answer(request);
            }
        });

        var chunk = fetch(uri, chunk(CHUNK, CHUNK));

        assertThat(get(chunk)).isEqualTo(part(CHUNK, CHUNK));
    }

    @Test
    void shouldFailAtOnceWhenTheServerHasNoSuchFile() throws Exception {
        var uri = serve(request -> {
            requests.incrementAndGet();
            request.response().setStatusCode(404).end();
        });

        assertThatThrownBy(() -> get(fetch(uri, chunk(0, CHUNK))))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("status 404");
    }

    @Test
    void shouldNotTakeAWholeFileInPlaceOfARange() throws Exception {
        var uri = serve(request -> request.response().end(Buffer.buffer(file)));

        assertThatThrownBy(() -> get(fetch(uri, chunk(0, CHUNK)))).hasMessageContaining("status 200");
    }

    @Test
    void shouldFailWhenNobodyListens() throws Exception {
        var server = vertx.createHttpServer().requestHandler(this::answer);
        var port = await(server.listen(0, "127.0.0.1")).actualPort();
        await(server.close());

        assertThatThrownBy(() -> get(fetch(URI.create("http://127.0.0.1:" + port + "/"), chunk(0, CHUNK))))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void shouldAskForNothingWhileClosedAndGoOnWhenOpened() throws Exception {
        var uri = serve(this::answer);
        client.limit(new WanLimit(0, 0, 0));
        var chunk = fetch(uri, chunk(0, CHUNK));
        Awaitility.await().until(() -> client.status().limitedBy().equals("hours"));
        assertThat(requests.get()).isZero();

        client.limit(WanLimit.UNLIMITED);

        assertThat(get(chunk)).isEqualTo(part(0, CHUNK));
    }

    @Test
    void shouldAskForNothingMoreOnceNobodyWaits() throws Exception {
        var uri = serve(this::answer);
        client.limit(new WanLimit(CHUNK / 4, 100, 0));
        var isWanted = new AtomicBoolean(true);
        var chunk = client.chunk(uri, chunk(0, CHUNK), isWanted::get);
        Awaitility.await().until(() -> requests.get() > 0);

        isWanted.set(false);

        assertThatThrownBy(() -> get(chunk)).hasCauseInstanceOf(WanDownload.Unwanted.class);
        client.limit(WanLimit.UNLIMITED);
        assertThat(get(fetch(uri, chunk(CHUNK, CHUNK)))).isEqualTo(part(CHUNK, CHUNK));
        assertThat(bytesServed.get()).isLessThan(2 * CHUNK);
    }

    @Test
    void shouldAskOnceForWhatTwoWaitFor() throws Exception {
        var uri = serve(this::answer);
        client.limit(new WanLimit(2 * CHUNK, 100, 0));
        var isWanted = new AtomicBoolean(true);
        var first = client.chunk(uri, chunk(0, CHUNK), isWanted::get);
        var second = fetch(uri, chunk(0, CHUNK));

        isWanted.set(false);

        assertThat(get(first)).isEqualTo(part(0, CHUNK));
        assertThat(get(second)).isEqualTo(part(0, CHUNK));
        assertThat(bytesServed.get()).isLessThan(CHUNK + CHUNK / 2);
    }

    @Test
    void shouldFetchADocumentBeforeTheChunksAndNoneThatIsTooLong() throws Exception {
        var uri = serve(this::answer);

        assertThat(get(client.document(uri, file.length, () -> true))).isEqualTo(file);

        assertThatThrownBy(() -> get(client.document(uri, file.length - 1, () -> true)))
                .hasMessageContaining("too many");
    }

    private URI serve(io.vertx.core.Handler<HttpServerRequest> handler) throws Exception {
        new Random(1).nextBytes(file);
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/content/files/" + ANY);
    }

    private void answer(HttpServerRequest request) {
        if (request.method().name().equals("HEAD")) {
            request.response()
                    .putHeader("Content-Length", Integer.toString(file.length))
                    .end();
            return;
        }
        requests.incrementAndGet();
        var asked = new ContentRequest(request.getHeader("Range"), null, null, null);
        if (ContentAnswer.to(asked, ANY, file.length) instanceof ContentAnswer.Part part) {
            bytesServed.addAndGet((int) part.length());
            request.response()
                    .setStatusCode(206)
                    .putHeader("Content-Range", part.contentRange())
                    .end(Buffer.buffer(part((int) part.offset(), (int) part.length())));
        } else {
            request.response().setStatusCode(500).end();
        }
    }

    private Future<Buffer> fetch(URI uri, Chunk chunk) {
        return client.chunk(uri, chunk, () -> true);
    }

    private byte[] part(int offset, int length) {
        return java.util.Arrays.copyOfRange(file, offset, offset + length);
    }

    private static Chunk chunk(int offset, int length) {
        return new Chunk(offset, length, ANY);
    }

    private static byte[] get(Future<Buffer> bytes) throws Exception {
        return await(bytes).getBytes();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

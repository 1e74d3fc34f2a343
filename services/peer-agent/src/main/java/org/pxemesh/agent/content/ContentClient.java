package org.pxemesh.agent.content;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.Manifest;

/** Fetches manifests and chunks over HTTP, from HQ and from neighbours alike. Nothing here is verified yet. */
public final class ContentClient {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int WORD_MILLIS = 4_000;
    private static final int MAX_WORD = 8 << 20;

    private final HttpClient http;
    private final WanClient wan;

    public ContentClient(Vertx vertx) {
        wan = new WanClient(vertx);
        http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(2_000)
                .setIdleTimeout(30)
                .setKeepAliveTimeout(15)
                .setMaxPoolSize(8)
                .setDecompressionSupported(false));
    }

    /** All bytes of a manifest. */
    public Future<Buffer> manifest(URI uri) {
        return get(uri, null).compose(response -> body(response, Manifest.MAX_ENCODED_LENGTH));
    }

    /** What fetches chunks from HQ, in the way of nobody. */
    public WanClient wan() {
        return wan;
    }

    /** What another segment's uplink says; it may take its time. */
    public Future<Buffer> word(URI uri) {
        return get(uri, null, WORD_MILLIS).compose(response -> body(response, MAX_WORD));
    }

    /** One chunk's bytes, exactly as many as it has, from a neighbour. */
    public Future<Buffer> chunk(URI file, Chunk chunk) {
        var range = "bytes=" + chunk.offset() + "-" + (chunk.end() - 1);
        return get(file, range).compose(response -> body(response, chunk.length()));
    }

    private Future<HttpClientResponse> get(URI uri, @Nullable String range) {
        return get(uri, range, TIMEOUT_MILLIS);
    }

    private Future<HttpClientResponse> get(URI uri, @Nullable String range, int timeoutMillis) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(uri.toString())
                .setTimeout(timeoutMillis);
        if (range != null) {
            options.putHeader("Range", range);
        }
        return http.request(options).compose(HttpClientRequest::send).compose(response -> {
            var expected = range == null ? 200 : 206;
            // A server may answer with the whole file when the range is all of it.
            if (response.statusCode() != expected && response.statusCode() != 200) {
                // The reset is ours: nobody needs to hear of it.
                response.exceptionHandler(ours -> {});
                response.request().reset();
                return Future.failedFuture(
                        response.statusCode() == 503
                                ? new BusyException()
                                : new IOException("status " + response.statusCode()));
            }
            return Future.succeededFuture(response);
        });
    }

    /** Reads at most so many bytes: a source that sends more is cut off. */
    private static Future<Buffer> body(HttpClientResponse response, int limit) {
        var gathered = Buffer.buffer();
        var done = Promise.<Buffer>promise();
        response.handler(part -> {
            if (gathered.length() + part.length() > limit) {
                response.request().reset();
                done.tryFail(new IOException("more than " + limit + " bytes"));
            } else {
                gathered.appendBuffer(part);
            }
        });
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> done.tryComplete(gathered));
        return done.future();
    }
}

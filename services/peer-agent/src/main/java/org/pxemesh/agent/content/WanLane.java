package org.pxemesh.agent.content;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.content.WanDownload.Piece;

/** One connection to HQ, with several requests on their way at once (RFC 9112, section 9.3.2); confined to one event loop. */
final class WanLane {
    private static final int PIPELINED = 256;
    private static final long LENGTH_MILLIS = 10_000;

    /** The server asked for is not the one that answers, or it knows no ranges: trying again does not help. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final Vertx vertx;
    private HttpClient http;
    private int underWay;
    private long heardAt = System.nanoTime();

    WanLane(Vertx vertx) {
        this.vertx = vertx;
        this.http = open();
    }

    private HttpClient open() {
        return vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(5_000)
                .setKeepAliveTimeout(60)
                .setMaxPoolSize(1)
                .setPipelining(true)
                .setPipeliningLimit(PIPELINED)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false));
    }

    /** Requests without a whole answer. */
    int underWay() {
        return underWay;
    }

    /** Whether answers are due and nothing was heard for so long. */
    boolean isSilent(long now, long nanos) {
        return underWay > 0 && now - heardAt > nanos;
    }

    /** The connection is given up, with all that is on its way; the next request opens another. */
    void renew() {
        http.close();
        http = open();
    }

    void close() {
        http.close();
    }

    /**
     * Asks for a piece.
     *
     * @param answered gets the time when the request left, as the answer's first byte comes
     * @param arrived gets the number of bytes, as they come
     */
    Future<Buffer> fetch(URI uri, Piece piece, LongConsumer answered, IntConsumer arrived) {
        return send(HttpMethod.GET, uri, piece.range(), answered)
                .compose(response -> {
                    if (response.statusCode() != 206) {
                        renew();
                        return Future.failedFuture(
                                new Refused("status " + response.statusCode() + " to a range of " + uri));
                    }
                    return body(response, piece.length(), arrived);
                })
                .onComplete(any -> underWay--);
    }

    /** Asks for the first byte alone, in the same way as for content: whatever makes that wait makes this wait. */
    Future<Void> probe(URI uri, LongConsumer answered) {
        return fetch(uri, new Piece(0, 1), answered, count -> {}).mapEmpty();
    }

    /** Asks how long a document is. */
    Future<Integer> length(URI uri, LongConsumer answered) {
        return send(HttpMethod.HEAD, uri, null, answered)
                .compose(response -> {
                    var length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
                    return response.statusCode() == 200 && length != null && length.matches("[0-9]{1,9}")
                            ? response.end().map(Integer.valueOf(length))
                            : Future.<Integer>failedFuture(new Refused(
                                    "status " + response.statusCode() + " and length " + length + " of " + uri));
                })
                .onComplete(any -> underWay--);
    }

    private Future<HttpClientResponse> send(HttpMethod method, URI uri, @Nullable String range, LongConsumer answered) {
        if (underWay++ == 0) {
            heardAt = System.nanoTime();
        }
        var options = new RequestOptions().setMethod(method).setAbsoluteURI(uri.toString());
        if (range == null) {
            options.setTimeout(LENGTH_MILLIS);
        } else {
            options.putHeader("Range", range);
        }
        return http.request(options).compose(request -> sent(request, answered));
    }

    /** A request waits for its connection first; that is no delay of the answer. */
    private Future<HttpClientResponse> sent(HttpClientRequest request, LongConsumer answered) {
        var sentAt = System.nanoTime();
        return request.send().onSuccess(response -> {
            heardAt = System.nanoTime();
            // Until the body is read: a connection that breaks is told by the end of the piece, not in the log.
            response.exceptionHandler(told -> {});
            answered.accept(sentAt);
        });
    }

    private Future<Buffer> body(HttpClientResponse response, int length, IntConsumer arrived) {
        var gathered = Buffer.buffer(length);
        var done = Promise.<Buffer>promise();
        response.handler(part -> {
            heardAt = System.nanoTime();
            if (gathered.length() + part.length() > length) {
                done.tryFail(new Refused("more than the " + length + " bytes that were asked for"));
                renew();
                return;
            }
            gathered.appendBuffer(part);
            arrived.accept(part.length());
        });
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> {
            if (gathered.length() == length) {
                done.tryComplete(gathered);
            } else {
                done.tryFail(new IOException(gathered.length() + " of " + length + " bytes came"));
            }
        });
        return done.future();
    }
}

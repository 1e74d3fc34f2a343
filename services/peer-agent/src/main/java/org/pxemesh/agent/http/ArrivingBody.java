package org.pxemesh.agent.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.pxemesh.agent.Arrivals;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.agent.boot.Readers;

/**
 * The body of an answer whose bytes are still arriving: each piece goes out when it is verified and when the client's
 * connection takes it. A client that nobody can satisfy any more loses its connection, short of what was promised, which
 * no HTTP client takes for the end.
 */
final class ArrivingBody {
    private static final long AGAIN_MILLIS = 50;

    private final Vertx vertx;
    private final Arrivals arrivals;
    private final HttpServerResponse response;
    private final StoredFile file;
    private final AsyncFile disk;
    private final long start;
    private final long end;
    private final Promise<Long> done = Promise.promise();
    private long position;
    private long waited;

    private ArrivingBody(
            Vertx vertx,
            Arrivals arrivals,
            HttpServerResponse response,
            StoredFile file,
            AsyncFile disk,
            long start,
            long end) {
        this.vertx = vertx;
        this.arrivals = arrivals;
        this.response = response;
        this.file = file;
        this.disk = disk;
        this.start = start;
        this.position = start;
        this.end = end;
    }

    /**
     * Sends a range, header and all.
     *
     * @return the number of bytes when all were handed to the client's connection
     */
    static Future<Long> send(HttpServerResponse response, Arrivals arrivals, StoredFile file, long start, long length) {
        Vertx vertx = Vertx.currentContext().owner();
        response.putHeader("Content-Length", Long.toString(length));
        return vertx.fileSystem()
                .open(file.path().toString(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(disk -> {
                    ArrivingBody body = new ArrivingBody(vertx, arrivals, response, file, disk, start, start + length);
                    response.exceptionHandler(body::fail);
                    response.closeHandler(gone -> body.clientIsGone());
                    body.next();
                    return body.done.future().onComplete(over -> disk.close());
                });
    }

    private void next() {
        if (done.future().isComplete()) {
            return;
        }
        if (position == end) {
            response.end().onSuccess(sent -> done.tryComplete(end - start)).onFailure(this::fail);
            return;
        }
        arrivals.reading(file.digest(), position);
        int length = (int) Math.min(Pieces.SIZE, end - position);
        if (file.holds(position, length)) {
            waited = 0;
            disk.read(Buffer.buffer(length), 0, position, length)
                    .onSuccess(this::write)
                    .onFailure(this::fail);
        } else if (waited >= Readers.HTTP_PATIENCE_MILLIS) {
            fail(new StarvedException(position));
            response.reset();
        } else {
            waited += AGAIN_MILLIS;
            vertx.setTimer(AGAIN_MILLIS, due -> next());
        }
    }

    private void write(Buffer piece) {
        if (done.future().isComplete()) {
            return;
        }
        position += piece.length();
        Pieces.write(response, piece, this::next, this::fail);
    }

    /** A connection is closed also when all was sent, which is told here first. */
    private void clientIsGone() {
        if (position < end) {
            fail(new IOException("the client went away"));
        }
    }

    private void fail(Throwable reason) {
        done.tryFail(reason);
    }

    /** What was to arrive did not. */
    static final class StarvedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long position;

        StarvedException(long position) {
            super("the rest of this file does not arrive in time; it ends at byte " + position);
            this.position = position;
        }

        long position() {
            return position;
        }
    }
}

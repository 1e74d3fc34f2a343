package org.pxemesh.agent.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.content.http.ContentAnswer;

/** The body of an answer that is made of parts: each piece goes out when the client's connection takes it. */
final class DiskBody {
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Iterator<ServedFile.Part> parts;
    private final Promise<Long> done = Promise.promise();
    private final long length;
    private long left;

    /** Bytes of the present part that are done with. */
    private long offset;

    private ServedFile.@Nullable Part part;
    private @Nullable AsyncFile file;

    private DiskBody(Vertx vertx, HttpServerResponse response, List<ServedFile.Part> parts, long start, long length) {
        this.vertx = vertx;
        this.response = response;
        this.parts = parts.iterator();
        this.length = length;
        this.left = length;
        skip(start);
    }

    /**
     * Sends what was asked of the disk, header and all.
     *
     * @return the number of bytes when all were handed to the client's connection
     */
    static Future<Long> send(HttpServerRequest request, ContentAnswer answer, ServedFile.Disk disk, String type) {
        long length = FileResponse.length(answer);
        if (length == 0) {
            return FileResponse.send(request, answer, Path.of(""), disk.digest(), type);
        }
        FileResponse.head(request, answer, disk.digest(), type);
        HttpServerResponse response = request.response().putHeader("Content-Length", Long.toString(length));
        if (request.method() == HttpMethod.HEAD) {
            return response.end().map(0L);
        }
        long start = answer instanceof ContentAnswer.Part range ? range.offset() : 0;
        DiskBody body = new DiskBody(Vertx.currentContext().owner(), response, disk.parts(), start, length);
        response.exceptionHandler(body::fail);
        response.closeHandler(gone -> body.clientIsGone());
        body.next();
        return body.done.future().onComplete(over -> body.close());
    }

    private void skip(long bytes) {
        long over = bytes;
        part = parts.next();
        while (over >= part.length()) {
            over -= part.length();
            part = parts.next();
        }
        offset = over;
    }

    private void next() {
        ServedFile.Part current = part;
        if (done.future().isComplete()) {
            return;
        }
        if (left == 0) {
            response.end().onSuccess(sent -> done.tryComplete(length)).onFailure(this::fail);
            return;
        }
        if (current == null || offset == current.length()) {
            close();
            part = parts.next();
            offset = 0;
            next();
            return;
        }
        int piece = (int) Math.min(Math.min(Pieces.SIZE, left), current.length() - offset);
        switch (current) {
            case ServedFile.Part.Made made -> write(Buffer.buffer().appendBytes(made.content(), (int) offset, piece));
            case ServedFile.Part.Zeros zeros -> write(Buffer.buffer(new byte[piece]));
            case ServedFile.Part.OnDisk stored ->
                open(stored.location())
                        .compose(open -> open.read(Buffer.buffer(piece), 0, offset, piece))
                        .onSuccess(this::write)
                        .onFailure(this::fail);
        }
    }

    private Future<AsyncFile> open(Path location) {
        AsyncFile open = file;
        return open != null
                ? Future.succeededFuture(open)
                : vertx.fileSystem()
                        .open(
                                location.toString(),
                                new OpenOptions().setWrite(false).setCreate(false))
                        .onSuccess(opened -> file = opened);
    }

    private void write(Buffer piece) {
        if (done.future().isComplete()) {
            close();
            return;
        }
        if (piece.length() == 0) {
            fail(new IOException("a file of the package became shorter"));
            response.reset();
            return;
        }
        offset += piece.length();
        left -= piece.length();
        Pieces.write(response, piece, this::next, this::fail);
    }

    /** A connection is closed also when all was sent, which is told here first. */
    private void clientIsGone() {
        if (left > 0) {
            fail(new IOException("the client went away"));
        }
    }

    private void close() {
        AsyncFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    private void fail(Throwable reason) {
        done.tryFail(reason);
    }
}

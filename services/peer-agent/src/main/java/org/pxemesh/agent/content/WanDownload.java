package org.pxemesh.agent.content;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A part of a file on its way over the WAN, fetched piece by piece; confined to one event loop. */
final class WanDownload {
    private static final int ATTEMPTS = 4;
    private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(150);

    /** Nobody waits for it any more. */
    static final class Unwanted extends IOException {
        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("nobody waits for it any more");
        }
    }

    /** A run of bytes that one request asks for. */
    record Piece(long from, int length) {
        String range() {
            return "bytes=" + from + "-" + (from + length - 1);
        }
    }

    final URI uri;
    final Promise<Buffer> promise = Promise.promise();
    private final List<BooleanSupplier> askers = new ArrayList<>();
    private final long offset;
    private final Deque<Piece> again = new ArrayDeque<>();
    private Buffer bytes = Buffer.buffer(0);
    private final int length;
    private int asked;
    private int received;
    private int failures;
    private long failedAt;

    /** @param length bytes from the offset, at least 1 */
    WanDownload(URI uri, long offset, int length) {
        this.uri = uri;
        this.offset = offset;
        this.length = length;
    }

    boolean isOf(URI file, long from, int bytes) {
        return uri.equals(file) && offset == from && length == bytes;
    }

    /** Somebody waits for it for as long as this says so, on any thread. */
    void askedBy(BooleanSupplier wants) {
        askers.add(wants);
    }

    boolean isWanted() {
        return askers.stream().anyMatch(BooleanSupplier::getAsBoolean);
    }

    /** The next bytes to ask for, about as many as wanted; nothing when all were asked for. */
    Optional<Piece> next(int wanted) {
        if (!again.isEmpty()) {
            return Optional.of(again.poll());
        }
        var left = length - asked;
        if (left == 0) {
            return Optional.empty();
        }
        // No crumb at the end: its headers would outweigh it.
        var size = left - wanted < wanted / 2 ? left : wanted;
        var piece = new Piece(offset + asked, size);
        asked += size;
        return Optional.of(piece);
    }

    boolean hasMore() {
        return !again.isEmpty() || asked < length;
    }

    /** A whole piece is here. */
    void arrived(Piece piece, Buffer data) {
        if (bytes.length() == 0) {
            bytes = Buffer.buffer(new byte[length]);
        }
        bytes.setBuffer((int) (piece.from() - offset), data);
        received += piece.length();
        failures = 0;
        if (received == length) {
            promise.tryComplete(bytes);
        }
    }

    /**
     * A piece did not come: it is asked for again, unless that went wrong too often in a row. The pieces that one broken
     * connection takes along are one failure.
     */
    void failed(Piece piece, Throwable cause, long now) {
        if (failures == 0 || now - failedAt > TOGETHER) {
            failures++;
            failedAt = now;
        }
        if (failures >= ATTEMPTS) {
            fail(cause);
        } else {
            again.add(piece);
        }
    }

    /** Nothing more is asked for. */
    void fail(Throwable cause) {
        again.clear();
        asked = length;
        promise.tryFail(cause);
    }

    boolean isDone() {
        return promise.future().isComplete();
    }
}

package org.pxemesh.agent.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** How a body goes out that is longer than memory should hold: piece by piece, as the client's connection takes them. */
final class Pieces {
    /** Bytes of a piece. */
    static final int SIZE = 64 * 1024;

    private Pieces() {}

    /**
     * Sends a piece.
     *
     * @param next is called when there is room for another one
     * @param failed is told why this one did not go out
     */
    static void write(HttpServerResponse response, Buffer piece, Runnable next, Consumer<Throwable> failed) {
        response.write(piece).onFailure(failed::accept);
        AtomicBoolean gone = new AtomicBoolean();
        Runnable once = () -> {
            if (gone.compareAndSet(false, true)) {
                next.run();
            }
        };
        // First the handler, then the question: a connection that drains in between, on its own thread, tells nobody
        // else.
        response.drainHandler(drained -> once.run());
        if (!response.writeQueueFull()) {
            once.run();
        }
    }
}

package org.pxemesh.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private static final Buffer PIECE = Buffer.buffer("piece");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<@Nullable Handler<@Nullable Void>> onDrain = new AtomicReference<>();

    private void drain() {
        Handler<@Nullable Void> handler = onDrain.get();
        if (handler != null) {
            handler.handle(null);
        }
    }

    /** A connection whose queue is full or not, and that may drain while it is asked. */
    @SuppressWarnings("unchecked")
    private HttpServerResponse response(boolean full, boolean drainsMeanwhile) {
        return (HttpServerResponse) Proxy.newProxyInstance(
                PiecesTest.class.getClassLoader(), new Class<?>[] {HttpServerResponse.class}, (self, method, given) -> {
                    switch (method.getName()) {
                        case "write" -> {
                            return Future.succeededFuture();
                        }
                        case "drainHandler" -> {
                            onDrain.set((Handler<@Nullable Void>) given[0]);
                            return self;
                        }
                        case "writeQueueFull" -> {
                            if (drainsMeanwhile) {
                                drain();
                            }
                            return full;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    private void write(HttpServerResponse response) {
        Pieces.write(response, PIECE, asked::incrementAndGet, reason -> {});
    }

    @Test
    void shouldGoOnWhenTheConnectionDrainsBetweenTheQuestionAndItsAnswer() {
        write(response(true, true));

        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldGoOnOnceWhereThereIsRoomAndTheConnectionDrainsAsWell() {
        write(response(false, true));
        drain();

        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldWaitUntilAFullConnectionDrains() {
        write(response(true, false));
        assertThat(asked).hasValue(0);

        drain();
        drain();

        assertThat(asked).hasValue(1);
    }
}

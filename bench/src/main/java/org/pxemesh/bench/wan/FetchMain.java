package org.pxemesh.bench.wan;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.pxemesh.agent.content.WanClient;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.wan.WanLimit;

/**
 * {@code FetchMain URL BYTES LIMIT-KBIT PARTS}, on the branch's side: the agent's own WAN client, kept busy as the swarm
 * does with a few chunks at once, under one of so many equal parts of a limit (0 = none). Every 100 ms it prints
 * {@code ours NANOTIME BYTES PHASE WINDOW QUEUE-MS BASE-MS LIMITED-BY}.
 */
public final class FetchMain {
    private static final int AT_ONCE = 4;

    private static final int CHUNK = 256 * 1024;

    /** The bytes are random: their digest is not looked at here. */
    private static final Sha256 ANY = new Sha256("0".repeat(64));

    private final WanClient client;
    private final URI uri;
    private final long chunks;
    private final AtomicLong next = new AtomicLong();

    private FetchMain(WanClient client, URI uri, long size) {
        this.client = client;
        this.uri = uri;
        this.chunks = size / CHUNK;
    }

    public static void main(String[] args) throws InterruptedException {
        WanClient client = new WanClient(Vertx.vertx());
        long limit = Long.parseLong(args[2]) * 125;
        client.limit(new WanLimit(limit == 0 ? WanLimit.NONE : limit, 100, 0, Integer.parseInt(args[3])));
        FetchMain fetch = new FetchMain(client, URI.create(args[0]), Long.parseLong(args[1]));
        for (int i = 0; i < AT_ONCE; i++) {
            fetch.another();
        }
        while (true) {
            Thread.sleep(100);
            var now = client.status();
            System.out.printf(
                    Locale.ROOT,
                    "ours %d %d %s %d %.1f %.1f %s%n",
                    System.nanoTime(),
                    now.bytes(),
                    now.phase(),
                    now.windowBytes(),
                    now.queueingMillis(),
                    now.baseMillis(),
                    now.limitedBy());
        }
    }

    private void another() {
        long number = next.getAndIncrement() % chunks;
        client.chunk(uri, new Chunk(number * CHUNK, CHUNK, ANY), () -> true).onComplete(result -> {
            if (result.failed()) {
                System.out.println("failed " + result.cause());
            }
            another();
        });
    }
}

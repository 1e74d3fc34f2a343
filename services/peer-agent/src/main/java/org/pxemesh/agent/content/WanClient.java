package org.pxemesh.agent.content;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.content.WanDownload.Piece;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.wan.WanEvent;
import org.pxemesh.content.wan.WanLimit;
import org.pxemesh.content.wan.WanState;

/**
 * Fetches content from HQ without being in anybody's way: carries out what {@link WanState} allows, by small range requests
 * over a few connections. The bytes that were asked for and are not here yet are the window; the answering times tell of
 * the bottleneck's queue. One for all packages and segments of an agent. All state belongs to one event loop.
 */
public final class WanClient implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WanClient.class);
    private static final int LANES = 3;
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int TICK_MILLIS = 50;
    private static final double RATE_WEIGHT = 0.05;

    private final Context loop;
    private final Vertx vertx;
    private final List<WanLane> lanes;
    private final WanLane probes;
    private final Deque<WanDownload> wanted = new ArrayDeque<>();
    private WanState state;
    private int downloads;
    private long underWay;
    private long due;
    private long answeredAt;
    private long doneAt;
    private long phaseAt;
    private boolean waiting;
    private boolean closed;
    private long bytes;
    private long countedBytes;
    private double bytesPerSecond;
    private @Nullable Long timer;
    private volatile WanLimit limited = WanLimit.UNLIMITED;
    private volatile WanStatus status = new WanStatus("ramp", WanStatus.DEMAND, 0, 0, 0, 0, 0, 0);

    public WanClient(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.lanes = Stream.generate(() -> new WanLane(vertx)).limit(LANES).toList();
        this.probes = new WanLane(vertx);
        this.state = WanState.begin(System.nanoTime());
        this.doneAt = System.nanoTime();
    }

    /** One chunk's bytes, exactly as many as it has; they are not verified yet. */
    public Future<Buffer> chunk(URI file, Chunk chunk) {
        return fetch(new WanDownload(file, chunk.offset(), chunk.length()));
    }

    /** From now on so much may come. */
    public void limit(WanLimit limit) {
        if (limit.equals(limited)) {
            return;
        }
        limited = limit;
        loop.runOnContext(go -> {
            apply(new WanEvent.Limited(System.nanoTime(), limit));
            // What the former limit made wait need not.
            due = Math.min(due, System.nanoTime());
            ask();
        });
    }

    /** As it was at the last tick. */
    public WanStatus status() {
        return status;
    }

    private Future<Buffer> fetch(WanDownload download) {
        var answer = Promise.<Buffer>promise();
        loop.runOnContext(go -> {
            begin(download);
            download.promise.future().onComplete(result -> {
                downloads--;
                doneAt = System.nanoTime();
                answer.handle(result);
            });
            ask();
        });
        return answer.future();
    }

    private void begin(WanDownload download) {
        var now = System.nanoTime();
        if (downloads++ == 0 && now - doneAt > PAUSE) {
            apply(new WanEvent.Resumed(now));
        }
        wanted.add(download);
        if (timer == null) {
            answeredAt = now;
            timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
        }
    }

    /** Sends as many requests as may leave now. */
    private void ask() {
        // Timers and answers that come after the end find nothing to do.
        while (!closed && !wanted.isEmpty()) {
            if (!wanted.peek().hasMore()) {
                wanted.poll();
                continue;
            }
            var allowance = state.allowance();
            if (!allowance.fits(underWay, allowance.piece())) {
                return;
            }
            var now = System.nanoTime();
            if (due > now) {
                askLater(due - now);
                return;
            }
            var download = wanted.peek();
            var piece = download.next(allowance.piece()).orElseThrow();
            due = allowance.nextAfter(due, now, piece.length());
            send(download, piece);
        }
    }

    private void askLater(long nanos) {
        if (!waiting) {
            waiting = true;
            vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), id -> {
                waiting = false;
                ask();
            });
        }
    }

    private void send(WanDownload download, Piece piece) {
        var lane =
                lanes.stream().min(Comparator.comparingInt(WanLane::underWay)).orElseThrow();
        underWay += piece.length();
        var arrived = new int[1];
        lane.fetch(download.uri, piece, this::answered, count -> {
                    arrived[0] += count;
                    arrived(count);
                })
                .onComplete(result -> {
                    underWay -= piece.length() - arrived[0];
                    if (result.succeeded()) {
                        download.arrived(piece, result.result());
                    } else {
                        failed(download, piece, result.cause());
                    }
                    ask();
                });
    }

    private void failed(WanDownload download, Piece piece, Throwable cause) {
        LOG.debugf("event=wan-piece-failed uri=%s range=%s reason=%s", download.uri, piece.range(), cause);
        if (cause instanceof WanLane.Refused) {
            download.fail(cause);
            return;
        }
        var now = System.nanoTime();
        apply(new WanEvent.Failed(now));
        // Who does not answer is not asked again at once; the next tick does it.
        due = Math.max(due, now + AFTER_FAILURE);
        download.failed(piece, cause, now);
        if (download.hasMore() && !wanted.contains(download)) {
            wanted.addFirst(download);
        }
    }

    private void answered(long sentAt) {
        answeredAt = System.nanoTime();
        apply(new WanEvent.Answered(answeredAt, sentAt));
    }

    private void arrived(int count) {
        var allowance = state.allowance();
        var wasFull = !wanted.isEmpty() && !allowance.fits(underWay, allowance.piece());
        underWay -= count;
        bytes += count;
        apply(new WanEvent.Arrived(System.nanoTime(), count, wasFull));
        ask();
    }

    private void apply(WanEvent event) {
        var before = state.phase();
        state = WanState.apply(state, event);
        var now = state.phase();
        if (!before.equals(now)) {
            LOG.debugf(
                    "event=wan-phase from=%s to=%s window=%d queueing-ms=%.1f",
                    before, now, state.allowance().window(), state.queueing() / 1e6);
            var yielded = System.nanoTime() - phaseAt;
            phaseAt = System.nanoTime();
            due = Math.min(due, phaseAt);
            if (before.equals("yield") && yielded > PAUSE) {
                // Losses beside the others have made the server's TCP timid on these connections.
                lanes.stream().filter(lane -> lane.underWay() == 0).forEach(WanLane::renew);
            }
        }
    }

    private void tick() {
        var now = System.nanoTime();
        for (var lane : lanes) {
            if (lane.isSilent(now, SILENCE)) {
                LOG.debugf("event=wan-connection-silent requests=%d", lane.underWay());
                lane.renew();
            }
        }
        if (probes.isSilent(now, SILENCE)) {
            probes.renew();
        }
        var first = wanted.peek();
        if (first != null && now - answeredAt >= state.probeEvery() && probes.underWay() == 0) {
            probes.probe(first.uri, this::answered);
        }
        bytesPerSecond += ((bytes - countedBytes) * 1000.0 / TICK_MILLIS - bytesPerSecond) * RATE_WEIGHT;
        countedBytes = bytes;
        show();
        ask();
        if (downloads == 0 && bytesPerSecond < 1 && timer != null) {
            vertx.cancelTimer(timer);
            timer = null;
        }
    }

    private void show() {
        var allowance = state.allowance();
        status = new WanStatus(
                state.phase(),
                downloads == 0 ? WanStatus.DEMAND : allowance.by().name().toLowerCase(Locale.ROOT),
                (long) bytesPerSecond,
                state.queueing() / 1e6,
                state.base() / 1e6,
                allowance.window(),
                state.link(),
                bytes);
    }

    @Override
    public void close() {
        loop.runOnContext(go -> {
            closed = true;
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
            lanes.forEach(WanLane::close);
            probes.close();
        });
    }
}

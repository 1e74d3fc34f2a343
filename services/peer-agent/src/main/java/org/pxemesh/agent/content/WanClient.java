package org.pxemesh.agent.content;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
    private static final long STILL = TimeUnit.SECONDS.toNanos(2);
    private static final int TICK_MILLIS = 50;

    /** Of the timer whose lateness tells for how long this host does not look at what came. */
    private static final int BEAT_MILLIS = 5;

    private static final int BEATS_PER_TICK = TICK_MILLIS / BEAT_MILLIS;
    private static final double RATE_WEIGHT = 0.05;

    /** In the place of a time. */
    private static final long RUNNING = Long.MIN_VALUE;

    private final Context loop;
    private final Vertx vertx;
    private final List<WanLane> lanes;
    private final WanLane probes;
    private final Deque<WanDownload> wanted = new ArrayDeque<>();
    private final List<WanDownload> begun = new ArrayList<>();
    private WanState state;
    private long underWay;
    private long due;
    private long answeredAt;
    private long doneAt;
    private long beatDue;
    private int beats;
    private long phaseAt;
    private boolean waiting;
    private boolean closed;
    private long bytes;
    private long countedBytes;
    private double bytesPerSecond;
    private @Nullable Long timer;
    private volatile long stoppedAt = System.nanoTime();
    private volatile long busyAt = System.nanoTime() - STILL;
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

    /**
     * One chunk's bytes, exactly as many as it has; they are not verified yet.
     *
     * @param wanted is asked now and then, on the event loop: when it says no, nothing more of it is asked for, and it
     *     fails with {@link WanDownload.Unwanted}
     */
    public Future<Buffer> chunk(URI file, Chunk chunk, BooleanSupplier wanted) {
        return fetch(file, chunk.offset(), chunk.length(), wanted, false);
    }

    /**
     * All bytes of a document, before any chunk.
     *
     * @param most bytes; one that is longer fails
     * @param wanted as with a chunk
     */
    public Future<Buffer> document(URI uri, int most, BooleanSupplier wanted) {
        var length = Promise.<Integer>promise();
        loop.runOnContext(go -> probes.length(uri, this::answered).onComplete(length));
        return length.future().compose(bytes -> {
            if (bytes == 0 || bytes > most) {
                return Future.failedFuture(new WanLane.Refused(bytes + " bytes are too few or too many for " + uri));
            }
            return fetch(uri, 0, bytes, wanted, true);
        });
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

    /** Whether anything was asked for in the last seconds. */
    public boolean isFetching() {
        return System.nanoTime() - busyAt < STILL;
    }

    /** As it was at the last tick; while nothing is fetched, the rate fades without anybody's work. */
    public WanStatus status() {
        var last = status;
        var since = stoppedAt;
        return since == RUNNING ? last : last.withBytesPerSecond((long) faded(last.bytesPerSecond(), since));
    }

    /** Whether no timer of it runs. */
    boolean isAtRest() {
        return stoppedAt != RUNNING;
    }

    private static double faded(double rate, long sinceNanos) {
        var ticks = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos) / TICK_MILLIS;
        return rate * Math.pow(1 - RATE_WEIGHT, ticks);
    }

    private Future<Buffer> fetch(URI uri, long offset, int length, BooleanSupplier wants, boolean first) {
        var answer = Promise.<Buffer>promise();
        loop.runOnContext(go -> {
            // What is on its way already is not asked for once more.
            var same = begun.stream()
                    .filter(known -> known.isOf(uri, offset, length))
                    .findFirst();
            var download = same.orElseGet(() -> new WanDownload(uri, offset, length));
            download.askedBy(wants);
            download.promise.future().onComplete(answer);
            if (same.isEmpty()) {
                begin(download, first);
            }
        });
        return answer.future();
    }

    private void begin(WanDownload download, boolean first) {
        var now = System.nanoTime();
        if (begun.isEmpty() && now - doneAt > PAUSE) {
            apply(new WanEvent.Resumed(now));
        }
        begun.add(download);
        busyAt = now;
        download.promise.future().onComplete(result -> {
            begun.remove(download);
            doneAt = System.nanoTime();
        });
        if (first) {
            wanted.addFirst(download);
        } else {
            wanted.add(download);
        }
        if (timer == null) {
            bytesPerSecond = faded(bytesPerSecond, stoppedAt);
            stoppedAt = RUNNING;
            answeredAt = now;
            beatDue = now + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
            timer = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
        }
        ask();
    }

    /** What is read from the network before this timer's turn comes may have waited for as long as it is overdue. */
    private void beat() {
        beatDue = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS);
        if (++beats % BEATS_PER_TICK == 0) {
            tick();
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
        var late = timer == null ? 0 : Math.max(0, answeredAt - beatDue);
        apply(new WanEvent.Answered(answeredAt, sentAt, late));
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
                    "event=wan-phase from=%s to=%s window=%d queueing-ms=%.1f base-ms=%.2f bytes-per-second=%.0f link=%d",
                    before,
                    now,
                    state.allowance().window(),
                    state.queueing() / 1e6,
                    state.base() / 1e6,
                    state.rate(),
                    state.link());
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
        for (var download : List.copyOf(begun)) {
            if (!download.isWanted()) {
                download.fail(new WanDownload.Unwanted());
            }
        }
        if (!begun.isEmpty()) {
            busyAt = now;
        }
        var first = wanted.peek();
        if (first != null
                && state.allowance().window() > 0
                && now - answeredAt >= state.probeEvery()
                && probes.underWay() == 0) {
            probes.probe(first.uri, this::answered);
        }
        bytesPerSecond += ((bytes - countedBytes) * 1000.0 / TICK_MILLIS - bytesPerSecond) * RATE_WEIGHT;
        countedBytes = bytes;
        show();
        ask();
        if (begun.isEmpty() && underWay == 0 && timer != null) {
            // With its work: a timer this fast costs an idle machine more than all else of the agent.
            vertx.cancelTimer(timer);
            timer = null;
            stoppedAt = System.nanoTime();
        }
    }

    private void show() {
        var allowance = state.allowance();
        status = new WanStatus(
                state.phase(),
                begun.isEmpty() ? WanStatus.DEMAND : allowance.by().name().toLowerCase(Locale.ROOT),
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

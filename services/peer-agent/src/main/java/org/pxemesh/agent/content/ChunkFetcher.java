package org.pxemesh.agent.content;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmEffect;
import org.pxemesh.content.swarm.SwarmEvent;

/** Fetches, verifies and stores chunks as it is told; the work is done neither on an event loop nor on the swarm's thread. */
final class ChunkFetcher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChunkFetcher.class);

    private final ContentClient client;
    private final ContentPlaces places;
    private final Neighbourhood neighbourhood;
    private final DiskStore store;
    private final BiConsumer<PackageJob, String> diskRefused;
    private final ExecutorService writers = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("swarm-store-", 1).factory());

    ChunkFetcher(
            ContentClient client,
            ContentPlaces places,
            Neighbourhood neighbourhood,
            DiskStore store,
            BiConsumer<PackageJob, String> diskRefused) {
        this.client = client;
        this.places = places;
        this.neighbourhood = neighbourhood;
        this.store = store;
        this.diskRefused = diskRefused;
    }

    /** What became of it is told from another thread: one event, unless nobody waits for it any more. */
    void fetch(PackageJob job, SwarmEffect.FetchChunk fetch, Consumer<SwarmEvent> outcome) {
        var place = place(job, fetch);
        if (place.isEmpty()) {
            outcome.accept(new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "no address"));
            return;
        }
        var chunk = fetch.ref().chunk();
        var bytes = fetch.source().equals(Source.WAN)
                ? client.wan().chunk(place.get(), chunk, () -> isAwaited(job, fetch))
                : client.chunk(place.get(), chunk);
        bytes.onComplete(answer -> {
            if (answer.succeeded()) {
                store(job, fetch, answer.result(), outcome);
            } else if (!(answer.cause() instanceof WanDownload.Unwanted)) {
                LOG.debugf("event=chunk-failed from=%s reason=%s", place.get(), answer.cause());
                outcome.accept(
                        answer.cause() instanceof BusyException
                                ? new SwarmEvent.SourceBusy(fetch.source(), fetch.chunk())
                                : new SwarmEvent.ChunkFailed(
                                        fetch.source(),
                                        fetch.chunk(),
                                        answer.cause().toString()));
            }
        });
    }

    /** Another peer may be the uplink now, or the disk full. */
    private static boolean isAwaited(PackageJob job, SwarmEffect.FetchChunk fetch) {
        var state = job.swarm;
        return state != null && state.awaits(fetch.source(), fetch.chunk());
    }

    private Optional<URI> place(PackageJob job, SwarmEffect.FetchChunk fetch) {
        return switch (fetch.source()) {
            case Source.Wan ignored ->
                Optional.of(places.fileAtHq(job.pkg, fetch.ref().file()));
            case Source.Peer peer ->
                neighbourhood
                        .address(peer.id())
                        .map(address -> places.fileAt(address, fetch.ref().file()));
        };
    }

    private void store(PackageJob job, SwarmEffect.FetchChunk fetch, Buffer bytes, Consumer<SwarmEvent> outcome) {
        try {
            writers.execute(() -> outcome.accept(stored(job, fetch, bytes)));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=chunk-after-the-end");
        }
    }

    private SwarmEvent stored(PackageJob job, SwarmEffect.FetchChunk fetch, Buffer bytes) {
        try {
            var verdict = store.write(fetch.ref().file(), fetch.ref().chunk(), ByteBuffer.wrap(bytes.getBytes()));
            return switch (verdict) {
                case GOOD -> new SwarmEvent.ChunkStored(fetch.source(), fetch.chunk());
                case WRONG_LENGTH -> new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "wrong length");
                case WRONG_DIGEST -> new SwarmEvent.ChunkCorrupt(fetch.source(), fetch.chunk());
            };
        } catch (IOException e) {
            // No source is to blame, and asking again would send the same bytes over the line again.
            diskRefused.accept(job, String.valueOf(e.getMessage()));
            return new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "disk: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf("event=chunk-not-stored package=%s reason=%s", job.ref(), e.getMessage());
            return new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "disk: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}

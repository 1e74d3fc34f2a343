package org.pxemesh.agent.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.pxemesh.agent.store.DiskStore;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.keep.LocalChunks;
import org.pxemesh.content.swarm.Holdings;

/**
 * Copies chunks that other packages on this disk have, before any are asked of the network. On a thread of its own: a
 * boot image's worth of copying must not hold up the packages beside it.
 */
final class LocalReuse implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LocalReuse.class);

    /** Hears how it ended. */
    interface Done {
        /**
         * @param held what is here now
         * @param copied bytes of it that were copied
         */
        void reused(Holdings held, long copied);
    }

    private final DiskStore store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("reuse").factory());

    LocalReuse(DiskStore store) {
        this.store = store;
    }

    /**
     * Copies what it finds; a chunk that cannot be read or has other bytes is left to the network.
     *
     * @param held what is here already
     * @param done is called on any thread, and not at all after {@link #close}
     */
    void copy(String packageRef, ChunkIndex index, Holdings held, Done done) {
        if (held.isComplete()) {
            done.reused(held, 0);
            return;
        }
        try {
            thread.execute(() -> copyNow(packageRef, index, held, done));
        } catch (RejectedExecutionException closed) {
            LOG.debugf("event=reuse-given-up package=%s", packageRef);
        }
    }

    /** Files that chunks would be copied from. */
    Set<Sha256> sources(ChunkIndex index, Holdings held) {
        try {
            return LocalChunks.find(index, held, store.kept()).stream()
                    .flatMap(find -> find.places().stream())
                    .map(LocalChunks.Place::file)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    private void copyNow(String packageRef, ChunkIndex index, Holdings held, Done done) {
        var now = held;
        var bytes = 0L;
        try {
            for (var find : LocalChunks.find(index, held, store.kept())) {
                if (thread.isShutdown()) {
                    return;
                }
                if (copy(find)) {
                    now = now.with(find.chunk());
                    bytes += find.ref().chunk().length();
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("event=reuse-ended-early package=%s reason=%s", packageRef, e);
        }
        if (bytes > 0) {
            LOG.infof("event=content-reused package=%s bytes=%d", packageRef, bytes);
        }
        done.reused(now, bytes);
    }

    private boolean copy(LocalChunks.Find find) throws IOException {
        var chunk = find.ref().chunk();
        for (var place : find.places()) {
            var bytes = store.read(place.file(), place.offset(), chunk.length());
            if (bytes.isPresent()
                    && store.write(find.ref().file(), chunk, ByteBuffer.wrap(bytes.get())) == Verdict.GOOD) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}

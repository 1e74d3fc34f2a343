package org.pxemesh.agent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;

/**
 * Reads what is on the disk again, slowly and for ever, and tells what was lost. It goes on after a restart where it
 * stopped: a PC that is switched off each night gets to its last file all the same.
 */
public final class Scrubber implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Scrubber.class);
    private static final Duration BETWEEN_PASSES = Duration.ofHours(1);
    private static final long REMEMBER_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Hears of a chunk that is not held any more. */
    public interface Lost {
        void lost(Sha256 file, Chunk chunk);
    }

    private final DiskStore store;
    private final Path cursor;
    private final long bytesPerSecond;
    private final Lost lost;
    private final LongConsumer read;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * @param bytesPerSecond 0: {@link #start} does nothing
     * @param read hears of bytes that were read
     */
    public Scrubber(DiskStore store, long bytesPerSecond, Lost lost, LongConsumer read) {
        this.store = store;
        this.cursor = store.directory().resolve("scrubbed");
        this.bytesPerSecond = bytesPerSecond;
        this.lost = lost;
        this.read = read;
    }

    /** Begins. */
    public void start() {
        if (bytesPerSecond > 0) {
            thread = Thread.ofPlatform().daemon().name("scrub").start(this::work);
        }
    }

    private void work() {
        try {
            while (!closed) {
                pass(true);
                Thread.sleep(BETWEEN_PASSES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All files once, as fast as the disk allows; for tests and for whoever asks. */
    public void passNow() throws InterruptedException {
        pass(false);
    }

    private void pass(boolean slowly) throws InterruptedException {
        var begin = slowly ? remembered() : "";
        var rememberedAt = System.nanoTime();
        for (var file : inOrder()) {
            if (file.sha256().hex().compareTo(begin) <= 0) {
                continue;
            }
            scrub(file, slowly);
            if (slowly && System.nanoTime() - rememberedAt > REMEMBER_EVERY_NANOS) {
                rememberedAt = System.nanoTime();
                remember(file.sha256().hex());
            }
        }
        if (slowly) {
            remember("");
        }
    }

    private void scrub(ManifestFile file, boolean slowly) throws InterruptedException {
        for (var chunk : file.chunks()) {
            if (closed) {
                return;
            }
            if (store.partial(file.sha256())
                    .filter(content -> content.holds(chunk.offset(), chunk.length()))
                    .isEmpty()) {
                continue;
            }
            var good = true;
            try {
                good = store.scrub(file.sha256(), chunk);
            } catch (RuntimeException e) {
                LOG.error("event=scrub-failed", e);
            }
            read.accept(chunk.length());
            if (!good) {
                LOG.warnf(
                        "event=chunk-lost file=%s path=%s offset=%d length=%d",
                        file.sha256(), file.path(), chunk.offset(), chunk.length());
                lost.lost(file.sha256(), chunk);
            }
            if (slowly) {
                TimeUnit.NANOSECONDS.sleep((long) (chunk.length() * 1e9 / bytesPerSecond));
            }
        }
    }

    private List<ManifestFile> inOrder() {
        return store.adopted().stream()
                .sorted(Comparator.comparing(ManifestFile::sha256))
                .toList();
    }

    private String remembered() {
        try {
            return Files.exists(cursor) ? Files.readString(cursor).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void remember(String file) {
        try {
            Files.writeString(cursor, file);
        } catch (IOException e) {
            LOG.debugf("event=scrub-place-not-saved reason=%s", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}

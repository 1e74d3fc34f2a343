package org.pxemesh.agent.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.ContentStore.StoredFile;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkVerifier;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;

/**
 * One file of content: a flat sparse file, and beside it an index of the verified runs. The index is written now and then;
 * it counts only while the file has not changed since, else every chunk is verified again.
 */
final class StoredContent implements StoredFile {
    private static final Logger LOG = Logger.getLogger(StoredContent.class);
    static final String INDEX = ".index";

    private static final ObjectMapper MAPPER = MeshCodec.newMapper();

    private final Sha256 digest;
    private final long size;
    private final Path data;
    private final Path index;
    private volatile Ranges verified = new Ranges();
    private volatile long usedMillis;
    private volatile long saved = verified.changes();
    private final Object saving = new Object();

    /** The index on disk. */
    private record Index(long size, long modified, Runs verified) {}

    /** @param bounds start and end (exclusive) of the first run, of the second, ... */
    private record Runs(List<Long> bounds) {}

    private StoredContent(Sha256 digest, long size, Path data, Path index) {
        this.digest = digest;
        this.size = size;
        this.data = data;
        this.index = index;
    }

    /** Opens a file of a manifest with what is on disk of it. */
    static StoredContent open(Path directory, ManifestFile file) throws IOException {
        var name = file.sha256().hex();
        var content =
                new StoredContent(file.sha256(), file.size(), directory.resolve(name), directory.resolve(name + INDEX));
        if (!Files.exists(content.data) || Files.size(content.data) != file.size()) {
            content.createSparse();
        } else if (!content.readIndex()) {
            content.verifyAll(file);
        }
        return content;
    }

    @Override
    public Sha256 digest() {
        return digest;
    }

    @Override
    public Path path() {
        return data;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean holds(long offset, long length) {
        return offset >= 0 && length >= 0 && verified.covers(offset, offset + length);
    }

    /** Bytes that are verified; holes take no space. */
    long bytes() {
        return verified.bytes();
    }

    /** It is being served. */
    void used(long millis) {
        usedMillis = millis;
    }

    /** When it was served last, in milliseconds since 1970; 0: not since the start. */
    long usedMillis() {
        return usedMillis;
    }

    /**
     * Bytes that an index says are on the disk, of a file that is not open.
     *
     * @return empty when there is no index that can be read
     */
    static Optional<Long> indexed(Path data) {
        try {
            var index = data.resolveSibling(data.getFileName() + INDEX);
            var known = MAPPER.readValue(Files.readAllBytes(index), Index.class);
            return Optional.of(Ranges.of(known.verified.bounds).bytes());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a chunk that is held again; one that the disk lost is held no longer.
     *
     * @return false if it was lost just now
     */
    boolean scrub(Chunk chunk) {
        if (!holds(chunk.offset(), chunk.length()) || isGood(chunk)) {
            return true;
        }
        verified.remove(chunk.offset(), chunk.end());
        return false;
    }

    private boolean isGood(Chunk chunk) {
        try (var channel = FileChannel.open(data, StandardOpenOption.READ)) {
            return ChunkVerifier.verify(chunk, read(channel, chunk)) == Verdict.GOOD;
        } catch (IOException e) {
            LOG.warnf("event=content-unreadable file=%s reason=%s", digest, e.getMessage());
            return false;
        }
    }

    private static ByteBuffer read(FileChannel channel, Chunk chunk) throws IOException {
        var buffer = ByteBuffer.allocate(chunk.length());
        var read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, chunk.offset() + buffer.position());
        }
        return buffer.flip();
    }

    boolean isComplete() {
        return verified.covers(0, size);
    }

    /** Stores a chunk if its bytes are right. */
    Verdict write(Chunk chunk, ByteBuffer bytes) throws IOException {
        var verdict = ChunkVerifier.verify(chunk, bytes);
        if (verdict == Verdict.GOOD && !holds(chunk.offset(), chunk.length())) {
            if (!Files.exists(data)) {
                createSparse();
            }
            try (var channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
                var rest = bytes.duplicate();
                var at = chunk.offset();
                while (rest.hasRemaining()) {
                    at += channel.write(rest, at);
                }
            }
            verified.add(chunk.offset(), chunk.end());
        }
        return verdict;
    }

    boolean isSaved() {
        return verified.changes() == saved;
    }

    /** Writes the index if runs were added since; the bytes go to the disk first. */
    void save() throws IOException {
        synchronized (saving) {
            // In this order: a run that is added between the two is written now, and once more.
            var now = verified.changes();
            if (now == saved) {
                return;
            }
            var runs = new Runs(verified.bounds());
            var modified = setBack();
            try (var channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            AtomicFiles.write(index, MAPPER.writeValueAsBytes(new Index(size, modified, runs)));
            saved = now;
        }
    }

    /**
     * Sets the file's time back by a second, so that the next write is sure to change it: file systems stamp in steps of
     * some milliseconds, in which a save and a write both have room.
     *
     * @return that time, in milliseconds since 1970
     */
    private long setBack() throws IOException {
        var millis = Files.getLastModifiedTime(data).toMillis() - 1_000;
        Files.setLastModifiedTime(data, FileTime.fromMillis(millis));
        return millis;
    }

    private void createSparse() throws IOException {
        Files.deleteIfExists(index);
        try (var file = new RandomAccessFile(data.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    private boolean readIndex() {
        try {
            var read = Optional.of(index).filter(Files::exists);
            if (read.isEmpty()) {
                return false;
            }
            var known = MAPPER.readValue(Files.readAllBytes(index), Index.class);
            if (known.size != size
                    || known.modified != Files.getLastModifiedTime(data).toMillis()) {
                return false;
            }
            var runs = Ranges.of(known.verified.bounds);
            if (!known.verified.bounds.isEmpty() && known.verified.bounds.getLast() > size) {
                return false;
            }
            verified = runs;
            saved = verified.changes();
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private void verifyAll(ManifestFile file) throws IOException {
        var good = 0;
        try (var channel = FileChannel.open(data, StandardOpenOption.READ)) {
            for (var chunk : file.chunks()) {
                if (ChunkVerifier.verify(chunk, read(channel, chunk)) == Verdict.GOOD) {
                    verified.add(chunk.offset(), chunk.end());
                    good++;
                }
            }
        }
        LOG.infof(
                "event=content-verified-again file=%s good=%d chunks=%d",
                digest, good, file.chunks().size());
    }
}

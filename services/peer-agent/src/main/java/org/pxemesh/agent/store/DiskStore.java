package org.pxemesh.agent.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.pxemesh.agent.AtomicFiles;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.ChunkVerifier.Verdict;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.events.PackageState;

/** The content store: {@code content/files/<sha256>} with an index each, and {@code content/manifests/<sha256>}. */
public final class DiskStore implements ContentStore {
    private static final Logger LOG = Logger.getLogger(DiskStore.class);

    private static final long QUIET_NANOS = 4_000_000_000L;
    private static final int SAVED_AT_ONCE = 64;

    private final AtomicBoolean saving = new AtomicBoolean();
    private volatile long storedNanos = System.nanoTime();
    private final Path files;
    private final Path manifests;
    private final Map<String, Manifest> byReference = new ConcurrentHashMap<>();
    private final Map<Sha256, StoredContent> byDigest = new ConcurrentHashMap<>();
    private final Map<Sha256, Set<Sha256>> filesOf = new ConcurrentHashMap<>();

    /**
     * @throws StartProblem when the directory cannot be written
     */
    public DiskStore(Path stateDir) {
        files = stateDir.resolve("content").resolve("files");
        manifests = stateDir.resolve("content").resolve("manifests");
        try {
            Files.createDirectories(files);
            Files.createDirectories(manifests);
        } catch (IOException e) {
            throw new StartProblem(
                    "content cannot be kept in " + files.getParent() + " (" + e.getMessage()
                            + "); free space there or set pxemesh.state-dir to another directory",
                    e);
        }
    }

    @Override
    public Optional<Manifest> manifest(String packageRef) {
        return Optional.ofNullable(byReference.get(packageRef));
    }

    @Override
    public Optional<byte[]> manifestBytes(Sha256 digest) {
        var file = manifests.resolve(digest.hex());
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warnf("event=manifest-unreadable file=%s reason=%s", file, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<StoredFile> complete(Sha256 digest) {
        var content = byDigest.get(digest);
        if (content == null || !content.isComplete()) {
            return Optional.empty();
        }
        content.used(System.currentTimeMillis());
        return Optional.of(content);
    }

    @Override
    public Optional<StoredFile> partial(Sha256 digest) {
        return Optional.ofNullable(byDigest.get(digest));
    }

    /**
     * Takes a package's manifest in, from its bytes, and opens its files.
     *
     * @throws ManifestException when the bytes are not the manifest that HQ's signed record names
     * @throws IOException when the disk refuses
     */
    public synchronized Manifest adopt(PackageState pkg, byte[] bytes) throws ManifestException, IOException {
        var digest = Sha256.of(bytes);
        if (!digest.hex().equals(pkg.manifestSha256())) {
            throw new ManifestException(
                    "the manifest of " + pkg.ref() + " has digest " + digest + ", signed is " + pkg.manifestSha256());
        }
        var manifest = Manifest.parse(bytes);
        if (!manifest.id().toString().equals(pkg.ref())) {
            throw new ManifestException("the manifest is of " + manifest.id() + ", not of " + pkg.ref());
        }
        var file = manifests.resolve(digest.hex());
        if (!Files.exists(file)) {
            AtomicFiles.write(file, bytes);
        }
        for (var listed : manifest.files()) {
            if (!byDigest.containsKey(listed.sha256())) {
                byDigest.put(listed.sha256(), StoredContent.open(files, listed));
            }
        }
        byReference.put(pkg.ref(), manifest);
        return manifest;
    }

    /** A package's chunks that are on disk and verified. */
    public Holdings holdings(ChunkIndex index) {
        var held = Holdings.none(index.size());
        for (var chunk = 0; chunk < index.size(); chunk++) {
            var ref = index.ref(chunk);
            var content = byDigest.get(ref.file());
            if (content != null
                    && content.holds(ref.chunk().offset(), ref.chunk().length())) {
                held = held.with(chunk);
            }
        }
        return held;
    }

    /**
     * Stores a chunk of an adopted package if its bytes are right.
     *
     * @throws IOException when the disk refuses
     */
    public Verdict write(Sha256 file, Chunk chunk, ByteBuffer bytes) throws IOException {
        var content = byDigest.get(file);
        if (content == null) {
            throw new IOException("file " + file + " belongs to no package that is known here");
        }
        storedNanos = System.nanoTime();
        return content.write(chunk, bytes);
    }

    /**
     * The manifests that are kept here, adopted or not: what a policy dropped still has chunks that others want. Each is
     * read when its turn comes; what cannot be read is left out.
     */
    public Iterable<Manifest> kept() throws IOException {
        var all = names(manifests);
        return () -> all.stream()
                .map(name -> manifests.resolve(name.hex()))
                .flatMap(DiskStore::parse)
                .iterator();
    }

    private static Stream<Manifest> parse(Path file) {
        try {
            return Stream.of(Manifest.parse(Files.readAllBytes(file)));
        } catch (IOException | ManifestException e) {
            LOG.warnf("event=manifest-unreadable file=%s reason=%s", file, e.getMessage());
            return Stream.empty();
        }
    }

    /**
     * Bytes of a file of any kept package; of one that is not adopted they are as the disk has them, not verified.
     *
     * @return empty when they are not here
     */
    public Optional<byte[]> read(Sha256 file, long offset, int length) {
        var content = byDigest.get(file);
        if (content != null && !content.holds(offset, length)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(files.resolve(file.hex()), StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(bytes.array());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where all of it stands. */
    Path directory() {
        return manifests.resolveSibling(".").normalize();
    }

    /** Files of the packages that are adopted. */
    List<ManifestFile> adopted() {
        return byReference.values().stream()
                .flatMap(manifest -> manifest.files().stream())
                .distinct()
                .toList();
    }

    /**
     * Reads a chunk that is held again; one that the disk lost is held no longer.
     *
     * @return false if it was lost just now
     */
    boolean scrub(Sha256 file, Chunk chunk) {
        var content = byDigest.get(file);
        return content == null || content.scrub(chunk);
    }

    /** Verified bytes of the packages that are adopted. */
    public long adoptedBytes() {
        return byDigest.values().stream().mapToLong(StoredContent::bytes).sum();
    }

    /** When a file was served last, in milliseconds since 1970; 0: not since the start. */
    long usedMillis(Sha256 file) {
        var content = byDigest.get(file);
        return content == null ? 0 : content.usedMillis();
    }

    /** All manifests on the disk, with the files that they name. */
    Map<Sha256, Set<Sha256>> filesOfKept() throws IOException {
        Map<Sha256, Set<Sha256>> files = new HashMap<>();
        for (var manifest : names(manifests)) {
            filesOf.computeIfAbsent(
                    manifest,
                    name -> parse(manifests.resolve(name.hex()))
                            .flatMap(read -> read.files().stream())
                            .map(ManifestFile::sha256)
                            .collect(Collectors.toUnmodifiableSet()));
            files.put(manifest, filesOf.getOrDefault(manifest, Set.of()));
        }
        filesOf.keySet().retainAll(files.keySet());
        return files;
    }

    /** What each file has on the disk, adopted or not. */
    Map<Sha256, Long> bytesOnDisk() throws IOException {
        Map<Sha256, Long> bytes = new HashMap<>();
        for (var name : names(files)) {
            var content = byDigest.get(name);
            var path = files.resolve(name.hex());
            bytes.put(
                    name,
                    content != null
                            ? content.bytes()
                            : StoredContent.indexed(path).orElse(path.toFile().length()));
        }
        return bytes;
    }

    /** When a file was written last. */
    Instant written(Sha256 file) throws IOException {
        return Files.getLastModifiedTime(files.resolve(file.hex())).toInstant();
    }

    /** Deletes packages; the manifests first, so that no manifest here ever names a file that went with it. */
    synchronized void remove(Collection<Sha256> evicted, Collection<Sha256> orphans) throws IOException {
        for (var manifest : evicted) {
            Files.deleteIfExists(manifests.resolve(manifest.hex()));
        }
        byReference
                .values()
                .removeIf(manifest -> manifest.files().stream().anyMatch(file -> orphans.contains(file.sha256())));
        for (var file : orphans) {
            byDigest.remove(file);
            Files.deleteIfExists(files.resolve(file.hex() + StoredContent.INDEX));
            Files.deleteIfExists(files.resolve(file.hex()));
        }
    }

    private static List<Sha256> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(Sha256::isValid)
                    .map(Sha256::new)
                    .toList();
        }
    }

    /**
     * Writes some of the indexes that changed, once nothing has been stored for a while: to be called now and then. Each
     * costs a wait for the disk, in which every other write waits too; and while a file grows, its next write voids the
     * index. Returns at once.
     */
    public void saveSettled() {
        if (System.nanoTime() - storedNanos < QUIET_NANOS || !saving.compareAndSet(false, true)) {
            return;
        }
        Thread.ofPlatform().daemon().name("store-save").start(() -> {
            try {
                byDigest.values().stream()
                        .filter(content -> !content.isSaved())
                        .limit(SAVED_AT_ONCE)
                        .forEach(DiskStore::save);
            } finally {
                saving.set(false);
            }
        });
    }

    /** Writes the indexes that changed. */
    public void save() {
        byDigest.values().forEach(DiskStore::save);
    }

    private static void save(StoredContent content) {
        try {
            content.save();
        } catch (IOException e) {
            LOG.warnf("event=index-not-saved file=%s reason=%s", content.digest(), e.getMessage());
        }
    }
}

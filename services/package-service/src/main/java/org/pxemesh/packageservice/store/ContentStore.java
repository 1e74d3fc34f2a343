package org.pxemesh.packageservice.store;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.pxemesh.content.Sha256;
import org.pxemesh.packageservice.ContentConfig;

/**
 * Content by its digest.
 *
 * <pre>
 *   files/ab/abcd...         a file of any package, once
 *   manifests/abcd...        a manifest's bytes
 *   manifests/abcd....sig    its signature, keyid:base64
 *   staging/BUILD/           what a build has not finished; swept at the start
 *   uploads/                 uploads that are still arriving
 *   cluster                  the Kafka whose records speak of this content
 * </pre>
 *
 * A name appears by an atomic move of bytes that are on the disk already, so whatever has its name is whole.
 */
@Startup
@ApplicationScoped
public class ContentStore {

    private final Path files;
    private final Path manifests;
    private final Path staging;
    private final Path uploads;
    private final Path root;
    private final List<Path> interrupted;

    /** Read: who relies on files that are here. Write: who takes files away. */
    private final StampedLock reliance = new StampedLock();

    @Inject
    ContentStore(ContentConfig config) {
        this(config.dir());
    }

    public ContentStore(Path dir) {
        root = dir.toAbsolutePath().normalize();
        files = root.resolve("files");
        manifests = root.resolve("manifests");
        staging = root.resolve("staging");
        uploads = root.resolve("uploads");
        try {
            for (Path made : List.of(files, manifests, staging, uploads)) {
                Files.createDirectories(made);
            }
            interrupted = children(staging);
            // Nobody can still be sending these: this process has not listened yet.
            for (Path left : children(uploads)) {
                deleteTree(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "pxemesh.content.dir=" + root + " cannot be used: name a directory that package-service may write",
                    e);
        }
    }

    /** Where a file is, whether or not it is there. */
    public Path file(Sha256 digest) {
        return folder(digest).resolve(digest.hex());
    }

    /** Spreads the files, because some file systems are slow with very many in one directory. */
    Path folder(Sha256 digest) {
        return files.resolve(digest.hex().substring(0, 2));
    }

    Path manifests() {
        return manifests;
    }

    Path files() {
        return files;
    }

    Path cluster() {
        return root.resolve("cluster");
    }

    /** Where a manifest is, whether or not it is there. */
    public Path manifest(Sha256 digest) {
        return manifests.resolve(digest.hex());
    }

    /** Where a manifest's signature is, whether or not it is there. */
    public Path signature(Sha256 digest) {
        return manifests.resolve(digest.hex() + ".sig");
    }

    /** Directories of builds that a crash cut off; left by the process before this one. */
    public List<Path> interrupted() {
        return interrupted;
    }

    /** A new directory for one build; while it is open nothing is collected, since the build may adopt what is here. */
    public Staging stage(String name) throws IOException {
        return new Staging(this, Files.createDirectory(staging.resolve(name)), rely());
    }

    /** While one is open nothing is collected. */
    public final class Reliance implements AutoCloseable {
        private final AtomicLong stamp;

        private Reliance(long stamp) {
            this.stamp = new AtomicLong(stamp);
        }

        @Override
        public void close() {
            long mine = stamp.getAndSet(0);
            if (mine != 0) {
                reliance.unlockRead(mine);
            }
        }
    }

    /** Keeps what is here from being collected; waits for a collection that is under way. */
    public Reliance rely() {
        return new Reliance(reliance.readLock());
    }

    /** Work that takes files away. */
    interface Removal {
        void run() throws IOException;
    }

    /**
     * Takes files away while nobody relies on any.
     *
     * @return false if somebody does: nothing was done
     */
    boolean whenNobodyRelies(Removal removal) throws IOException {
        long stamp = reliance.tryWriteLock();
        if (stamp == 0) {
            return false;
        }
        try {
            removal.run();
            return true;
        } finally {
            reliance.unlockWrite(stamp);
        }
    }

    /** Makes new names in a directory survive a power cut. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a tree; what is gone already is fine. */
    public static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }
}

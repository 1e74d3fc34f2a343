package org.pxemesh.packageservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestException;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.Sha256;

/** Looks what is in the store, and takes away what was decided. */
final class StoreDisk {

    private final ContentStore store;

    StoreDisk(ContentStore store) {
        this.store = store;
    }

    /** @throws IOException also when a manifest cannot be read: then nobody knows which files it names */
    Garbage.Disk look() throws IOException {
        Map<Sha256, Set<Sha256>> filesOf = new HashMap<>();
        Map<Sha256, Instant> manifests = written(store.manifests());
        for (Sha256 manifest : manifests.keySet()) {
            filesOf.put(manifest, filesOf(manifest));
        }
        Map<Sha256, Instant> files = new HashMap<>();
        for (Path folder : children(store.files())) {
            if (Files.isDirectory(folder)) {
                files.putAll(written(folder));
            }
        }
        return new Garbage.Disk(filesOf, manifests, files);
    }

    /**
     * Manifests first: after a crash in between, files that nobody names are left, and the next collection takes them.
     *
     * @return bytes that are free now
     */
    long delete(Garbage garbage) throws IOException {
        long freed = 0;
        for (Sha256 manifest : garbage.manifests()) {
            freed += delete(store.manifest(manifest));
            freed += delete(store.signature(manifest));
        }
        ContentStore.sync(store.manifests());
        for (Sha256 file : garbage.files()) {
            freed += delete(store.file(file));
        }
        return freed;
    }

    private static long delete(Path file) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        Files.deleteIfExists(file);
        return size;
    }

    private Set<Sha256> filesOf(Sha256 manifest) throws IOException {
        try {
            return Manifest.parse(Files.readAllBytes(store.manifest(manifest))).files().stream()
                    .map(ManifestFile::sha256)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (ManifestException e) {
            throw new IOException(store.manifest(manifest) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<Sha256, Instant> written(Path directory) throws IOException {
        Map<Sha256, Instant> written = new HashMap<>();
        for (Path file : children(directory)) {
            String name = file.getFileName().toString();
            if (Sha256.isValid(name)) {
                written.put(new Sha256(name), Files.getLastModifiedTime(file).toInstant());
            }
        }
        return written;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }
}

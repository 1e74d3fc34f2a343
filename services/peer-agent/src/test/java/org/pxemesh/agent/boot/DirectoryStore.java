package org.pxemesh.agent.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pxemesh.agent.ContentStore;
import org.pxemesh.content.Chunker;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.events.BootDescriptor;

/** A store over a plain folder, of which everything is held. */
final class DirectoryStore implements ContentStore {

    private record OnDisk(Sha256 digest, Path path, long size) implements StoredFile {
        @Override
        public boolean holds(long offset, long length) {
            return true;
        }
    }

    private final Map<Sha256, StoredFile> files = new HashMap<>();
    private final Manifest manifest;

    DirectoryStore(Path tree, PackageId id, BootDescriptor boot) throws IOException {
        try (Stream<Path> all = Files.walk(tree, FileVisitOption.FOLLOW_LINKS)) {
            List<ManifestFile> described = all.filter(Files::isRegularFile)
                    .map(path -> describe(tree, path))
                    .toList();
            this.manifest = new Manifest(id, described, boot);
        }
    }

    private ManifestFile describe(Path tree, Path path) {
        Chunker chunker = new Chunker();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                chunker.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ManifestFile file = chunker.finish(tree.relativize(path).toString());
        files.put(file.sha256(), new OnDisk(file.sha256(), path, file.size()));
        return file;
    }

    Manifest manifest() {
        return manifest;
    }

    @Override
    public Optional<Manifest> manifest(String packageRef) {
        return Optional.of(manifest).filter(known -> known.id().toString().equals(packageRef));
    }

    @Override
    public Optional<byte[]> manifestBytes(Sha256 digest) {
        byte[] bytes = manifest.toBytes();
        return Sha256.of(bytes).equals(digest) ? Optional.of(bytes) : Optional.empty();
    }

    @Override
    public Optional<StoredFile> complete(Sha256 digest) {
        return Optional.ofNullable(files.get(digest));
    }

    @Override
    public Optional<StoredFile> partial(Sha256 digest) {
        return Optional.empty();
    }
}

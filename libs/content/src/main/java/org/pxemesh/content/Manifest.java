package org.pxemesh.content;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.events.BootDescriptor;

/**
 * What a package consists of. Its bytes are signed, and everything that a peer stores or serves is verified against
 * it, chunk by chunk.
 *
 * @param id name and version
 * @param files sorted by path; at least one
 * @param boot how the package boots; each path in it is one of the files
 * @param notes what an administrator should know of it
 */
public record Manifest(PackageId id, List<ManifestFile> files, BootDescriptor boot, PackageNotes notes) {

    public static final int MAX_FILES = 65_536;

    /** Over all files: 16 GiB in the shortest chunks that builders cut, about 40 GiB in usual ones. */
    public static final int MAX_CHUNKS = 262_144;

    /** Bytes of the encoded manifest. */
    public static final int MAX_ENCODED_LENGTH = 32 << 20;

    /** A package of which there is nothing to say. */
    public Manifest(PackageId id, List<ManifestFile> files, BootDescriptor boot) {
        this(id, files, boot, PackageNotes.NONE);
    }

    public Manifest {
        files = files.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files is empty");
        }
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException("files has " + files.size() + " entries, allowed are " + MAX_FILES);
        }
        long chunks = files.stream().mapToLong(file -> file.chunks().size()).sum();
        if (chunks > MAX_CHUNKS) {
            throw new IllegalArgumentException("files have " + chunks + " chunks, allowed are " + MAX_CHUNKS);
        }
        FilePaths.collision(files.stream().map(ManifestFile::path).toList()).ifPresent(collision -> {
            throw new IllegalArgumentException("files: " + collision);
        });
        requireOneMeaningPerDigest(files);
        BootPaths.requireListed(boot, files);
    }

    /** Reads and validates; everything that {@link #toBytes} writes is accepted, fields from the future are skipped. */
    public static Manifest parse(byte[] bytes) throws ManifestException {
        return ManifestReader.read(bytes);
    }

    /** The canonical JSON: one manifest has one sequence of bytes, and so one digest. */
    public byte[] toBytes() {
        return ManifestWriter.write(this);
    }

    /** Bytes that the package's files add up to, equal files counted as often as they are listed. */
    public long totalSize() {
        return files.stream().mapToLong(ManifestFile::size).sum();
    }

    /** The file at {@code path}, which may be spelt in any case, as firmware does. */
    public Optional<ManifestFile> file(String path) {
        String folded = FilePaths.fold(path);
        return files.stream()
                .filter(file -> FilePaths.fold(file.path()).equals(folded))
                .findFirst();
    }

    private static void requireOneMeaningPerDigest(List<ManifestFile> files) {
        Map<Sha256, ManifestFile> byDigest = new HashMap<>();
        for (ManifestFile file : files) {
            ManifestFile same = byDigest.putIfAbsent(file.sha256(), file);
            if (same != null && (same.size() != file.size() || !same.chunks().equals(file.chunks()))) {
                throw new IllegalArgumentException("files: \"" + same.path() + "\" and \"" + file.path()
                        + "\" have the same sha256, but not the same size and chunks");
            }
        }
    }
}

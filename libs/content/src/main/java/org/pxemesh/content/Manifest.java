package org.pxemesh.content;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.BootDescriptor;

/**
 * What a package consists of. Its bytes are signed, and everything that a peer stores or serves is verified against
 * it, chunk by chunk.
 */
public final class Manifest {

    public static final int MAX_FILES = 65_536;

    /** Over all files: 16 GiB in the shortest chunks that builders cut, about 40 GiB in usual ones. */
    public static final int MAX_CHUNKS = 262_144;

    /** Bytes of the encoded manifest. */
    public static final int MAX_ENCODED_LENGTH = 32 << 20;

    private final PackageId id;
    private final List<ManifestFile> files;
    private final BootDescriptor boot;
    private final PackageNotes notes;

    /** The files in the order of their folded paths: a reference for each, where a map would hold every path twice. */
    private final ManifestFile[] folded;

    /** A package of which there is nothing to say. */
    public Manifest(PackageId id, List<ManifestFile> files, BootDescriptor boot) {
        this(id, files, boot, PackageNotes.NONE);
    }

    /**
     * A package.
     *
     * @param id name and version
     * @param given its files; at least one
     * @param boot how the package boots; each path in it is one of the files
     * @param notes what an administrator should know of it
     */
    public Manifest(PackageId id, List<ManifestFile> given, BootDescriptor boot, PackageNotes notes) {
        List<ManifestFile> files =
                given.stream().sorted(Comparator.comparing(ManifestFile::path)).toList();
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
        this.id = id;
        this.files = files;
        this.boot = boot;
        this.notes = notes;
        folded = files.toArray(ManifestFile[]::new);
        Arrays.sort(folded, Comparator.comparing(file -> FilePaths.fold(file.path())));
    }

    /** Name and version. */
    public PackageId id() {
        return id;
    }

    /** Sorted by path; at least one. */
    public List<ManifestFile> files() {
        return files;
    }

    /** How the package boots; each path in it is one of the files. */
    public BootDescriptor boot() {
        return boot;
    }

    /** What an administrator should know of it. */
    public PackageNotes notes() {
        return notes;
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
        String wanted = FilePaths.fold(path);
        int low = 0;
        int high = folded.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = FilePaths.fold(folded[middle].path()).compareTo(wanted);
            if (order == 0) {
                return Optional.of(folded[middle]);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Manifest that
                && id.equals(that.id)
                && files.equals(that.files)
                && boot.equals(that.boot)
                && notes.equals(that.notes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, files, boot, notes);
    }

    @Override
    public String toString() {
        return "Manifest[id=" + id + ", files=" + files + ", boot=" + boot + ", notes=" + notes + "]";
    }
}

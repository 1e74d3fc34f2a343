package org.pxemesh.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of a package.
 *
 * @param path as boot clients ask for it: relative, {@code /} between names; see {@link FilePaths}
 * @param size bytes, 0 to {@link #MAX_SIZE}
 * @param sha256 digest of the whole file; equal files of a package share it and are stored once
 * @param chunks in order, without gap or overlap, covering exactly {@code size} bytes; none for an empty file
 * @param origin where in its source the file was found, when that is not {@code path}: for people, and of at most
 *     {@link #MAX_ORIGIN_LENGTH} characters; else null
 */
public record ManifestFile(
        String path,
        long size,
        Sha256 sha256,
        List<Chunk> chunks,
        @Nullable String origin) {

    /** 64 GiB: no boot file is larger, and a hostile size is refused before anything is allocated for it. */
    public static final long MAX_SIZE = 64L << 30;

    public static final int MAX_ORIGIN_LENGTH = 1024;

    /** A file that stands in the package where it stood in its source. */
    public ManifestFile(String path, long size, Sha256 sha256, List<Chunk> chunks) {
        this(path, size, sha256, chunks, null);
    }

    public ManifestFile {
        chunks = List.copyOf(chunks);
        FilePaths.problem(path).ifPresent(problem -> {
            throw new IllegalArgumentException("path " + problem);
        });
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size is " + size + ", allowed are 0 to " + MAX_SIZE + " bytes");
        }
        long covered = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (chunk.offset() != covered) {
                throw new IllegalArgumentException("chunks[" + i + "] begins at " + chunk.offset() + ", but "
                        + (i == 0 ? "a file begins at 0" : "the chunk before it ends at " + covered));
            }
            covered = chunk.end();
            if (covered > size) {
                throw new IllegalArgumentException(
                        "chunks[" + i + "] ends at " + covered + ", behind the file's end at " + size);
            }
        }
        if (covered != size) {
            throw new IllegalArgumentException("chunks cover " + covered + " of the file's " + size + " bytes");
        }
        if (origin != null && origin.length() > MAX_ORIGIN_LENGTH) {
            throw new IllegalArgumentException(
                    "origin has " + origin.length() + " characters, allowed are " + MAX_ORIGIN_LENGTH);
        }
    }
}

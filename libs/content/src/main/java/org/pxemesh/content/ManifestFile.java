package org.pxemesh.content;

import java.util.List;

/**
 * One file of a package.
 *
 * @param path as boot clients ask for it: relative, {@code /} between names; see {@link FilePaths}
 * @param size bytes, 0 to {@link #MAX_SIZE}
 * @param sha256 digest of the whole file; equal files of a package share it and are stored once
 * @param chunks in order, without gap or overlap, covering exactly {@code size} bytes; none for an empty file
 */
public record ManifestFile(String path, long size, Sha256 sha256, List<Chunk> chunks) {

    /** 64 GiB: no boot file is larger, and a hostile size is refused before anything is allocated for it. */
    public static final long MAX_SIZE = 64L << 30;

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
    }
}

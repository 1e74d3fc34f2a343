package org.pxemesh.content;

/**
 * A run of bytes of one file that is fetched, verified and announced as a whole. The manifest lists its place instead
 * of a fixed chunk size, so that a builder may cut where content repeats between versions.
 *
 * @param offset first byte in the file
 * @param length bytes, 1 to {@link #MAX_LENGTH}
 * @param sha256 digest of exactly these bytes
 */
public record Chunk(long offset, int length, Sha256 sha256) {

    /** What a peer must be ready to hold in memory for one chunk, and the most that a dying uplink can lose. */
    public static final int MAX_LENGTH = 512 * 1024;

    public Chunk {
        if (offset < 0) {
            throw new IllegalArgumentException("offset is negative: " + offset);
        }
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length is " + length + ", allowed are 1 to " + MAX_LENGTH + " bytes");
        }
    }

    /** The first byte after this chunk. */
    public long end() {
        return offset + length;
    }
}

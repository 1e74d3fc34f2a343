package org.pxemesh.netboot.disk;

/** A run of a disk's bytes. */
public sealed interface Extent {

    /** Bytes. */
    long length();

    /** Bytes that were made for this disk; not to be changed. */
    record Bytes(byte[] content) implements Extent {

        @Override
        public long length() {
            return content.length;
        }
    }

    /**
     * The whole of a file that lies elsewhere.
     *
     * @param source its name there
     */
    record Stored(String source, long length) implements Extent {

        public Stored {
            if (length < 0) {
                throw new IllegalArgumentException(source + " cannot have " + length + " bytes");
            }
        }
    }

    /** What nobody reads: the rest of a cluster, or of the disk. */
    record Zeros(long length) implements Extent {}
}

package org.pxemesh.content;

/**
 * Where a file is cut into chunks. A rule looks at the bytes alone, so that equal bytes are cut equally on every
 * machine; changing one only costs the sharing with versions that were cut before, since a manifest names each cut.
 */
public interface CutRule {

    /** Looks for the cuts of one file, byte after byte. */
    interface Cutter {
        /**
         * Reads on.
         *
         * @return how many of these bytes still belong to the current chunk, 1 to {@code length}
         */
        int take(byte[] data, int from, int length);

        /** Whether the chunk ends behind the bytes that were taken last; the next byte begins another. */
        boolean atCut();
    }

    /** Begins a file. */
    Cutter begin();

    /** Every {@code length} bytes; the last chunk is what is left. */
    static CutRule fixed(int length) {
        if (length < 1 || length > Chunk.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "chunk length is " + length + ", allowed are 1 to " + Chunk.MAX_LENGTH + " bytes");
        }
        return () -> new FixedCutter(length);
    }
}

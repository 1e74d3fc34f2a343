package org.pxemesh.content;

import java.nio.ByteBuffer;

/** Holds arrived bytes against the signed manifest: before they are stored, and again before they are served. */
public final class ChunkVerifier {

    /** What arrived bytes are worth. */
    public enum Verdict {
        GOOD,
        /** Too few or too many bytes: an interrupted transfer or a source that ignored the range. */
        WRONG_LENGTH,
        /** The right number of other bytes: the source's store is damaged, or the source lies. */
        WRONG_DIGEST
    }

    private ChunkVerifier() {}

    /** Judges the remaining bytes of {@code data}; its position is left alone. */
    public static Verdict verify(Chunk chunk, ByteBuffer data) {
        if (data.remaining() != chunk.length()) {
            return Verdict.WRONG_LENGTH;
        }
        return Sha256.of(data).equals(chunk.sha256()) ? Verdict.GOOD : Verdict.WRONG_DIGEST;
    }
}

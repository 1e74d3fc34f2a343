package org.pxemesh.zoo.tftp;

import java.util.Set;

/** Where a transfer stands, seen by the client. */
public sealed interface FetchStage {

    /** The request is out. */
    record Asking(int tries, long sentAt, long startedAt) implements FetchStage {}

    /**
     * Data comes in.
     *
     * @param last the last block in order, as a counter that does not wrap
     * @param inWindow blocks since the last ACK
     * @param lost blocks that still are to be lost once
     */
    record Receiving(
            int port, int blockSize, int window, long last, int inWindow, int tries, long sentAt, Set<Long> lost)
            implements FetchStage {
        Receiving tried(int count, long now) {
            return new Receiving(port, blockSize, window, last, 0, count, now, lost);
        }
    }

    /** The transfer is over. */
    record Over(End end, String detail) implements FetchStage {}

    /** How transfers end. */
    enum End {
        COMPLETE,
        /** A probe got its OACK. */
        SIZE_TOLD,
        /** The server sent ERROR. */
        REFUSED,
        /** The OACK held what firmware does not accept. */
        BAD_OPTIONS,
        /** Silence. */
        GAVE_UP
    }
}

package org.pxemesh.content.swarm;

import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;

/** What the peer has to do next. */
public sealed interface SwarmEffect {

    /**
     * Fetch a chunk; answer with ChunkStored, ChunkFailed or ChunkCorrupt.
     *
     * @param source from whom
     * @param chunk its number
     * @param ref its file and range
     */
    record FetchChunk(Source source, int chunk, ChunkIndex.Ref ref) implements SwarmEffect {}

    /** Tell the neighbours what this peer has; a newer one replaces one that was not sent yet. */
    record Announce(Holdings holdings) implements SwarmEffect {}

    /** This peer has become a holder. */
    record Completed(PackageId packageId) implements SwarmEffect {}

    /**
     * Report that a source gave bad bytes or told nonsense.
     *
     * @param banned whether nothing is fetched from it any more
     */
    record Rejected(Source source, String reason, boolean banned) implements SwarmEffect {}

    /**
     * Give the source a pause that grows with its failures, then answer with SourceRested.
     *
     * @param failures in a row, from 1
     */
    record RetryLater(Source source, int failures) implements SwarmEffect {}
}

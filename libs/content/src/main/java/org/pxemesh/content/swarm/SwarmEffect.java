package org.pxemesh.content.swarm;

import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;

/** What the peer has to do next. */
public sealed interface SwarmEffect {

    /**
     * Fetch a chunk; answer with ChunkStored, ChunkFailed, SourceBusy or ChunkCorrupt.
     *
     * @param source from whom
     * @param chunk its number
     * @param ref its file and range
     */
    record FetchChunk(Source source, int chunk, ChunkIndex.Ref ref) implements SwarmEffect {}

    /** Tell the neighbours all that this peer has; a newer one replaces one that was not sent yet. */
    record Announce(Holdings holdings) implements SwarmEffect {}

    /**
     * Tell the neighbours of one chunk more; several may be told in one message.
     *
     * @param urgent whether nobody else in the segment has it: the neighbours wait for it, and it dies with this peer
     */
    record AnnounceChunk(int chunk, boolean urgent) implements SwarmEffect {}

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
     * @param failures in a row, from 1; 0 when it is merely busy
     */
    record RetryLater(Source source, int failures) implements SwarmEffect {}

    /** Chunks are left to others that own them: after a short while answer with PatienceOver. */
    record WaitForOthers() implements SwarmEffect {}
}

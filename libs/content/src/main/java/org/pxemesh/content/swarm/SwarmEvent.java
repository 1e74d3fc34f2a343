package org.pxemesh.content.swarm;

import java.util.List;

/** What happens to a peer that gathers a package. */
public sealed interface SwarmEvent {

    /** A neighbour told what it has; each announcement replaces its last. */
    record PeerAnnounced(Source.Peer peer, Holdings holdings) implements SwarmEvent {}

    /** A neighbour told what it has more than before. */
    record PeerGained(Source.Peer peer, List<Integer> chunks) implements SwarmEvent {
        public PeerGained {
            chunks = List.copyOf(chunks);
        }
    }

    /** A neighbour left the segment. */
    record PeerLeft(Source.Peer peer) implements SwarmEvent {}

    /**
     * This peer may use the WAN: it was elected uplink, or its share changed.
     *
     * @param chunks those it may fetch: all, or its share where a site has several segments
     */
    record WanGranted(Holdings chunks) implements SwarmEvent {}

    /** Another peer is the uplink now, or HQ is out of reach. */
    record WanRevoked() implements SwarmEvent {}

    /** A chunk came, was verified against the manifest and is on disk. */
    record ChunkStored(Source source, int chunk) implements SwarmEvent {}

    /** A chunk did not come: refused, timed out, or broken off. */
    record ChunkFailed(Source source, int chunk, String reason) implements SwarmEvent {}

    /** The source has too much to do; nothing is wrong with it. */
    record SourceBusy(Source source, int chunk) implements SwarmEvent {}

    /** Bytes came that are not the chunk. */
    record ChunkCorrupt(Source source, int chunk) implements SwarmEvent {}

    /** A chunk that was held is gone or damaged on our own disk. */
    record ChunkLost(int chunk) implements SwarmEvent {}

    /** The pause that {@link SwarmEffect.RetryLater} asked for is over. */
    record SourceRested(Source source) implements SwarmEvent {}

    /**
     * A boot client reads, or is about to, what is still arriving: these chunks come before all others. Each list
     * replaces the one before; an empty one ends the hurry.
     *
     * @param chunks the one that is needed first first; a few dozen at most, since each choice looks at all of them
     */
    record Hurried(List<Integer> chunks) implements SwarmEvent {
        public Hurried {
            chunks = List.copyOf(chunks);
        }
    }

    /** The pause that {@link SwarmEffect.WaitForOthers} asked for is over. */
    record PatienceOver() implements SwarmEvent {}
}

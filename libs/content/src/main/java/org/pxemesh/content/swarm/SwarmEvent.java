package org.pxemesh.content.swarm;

/** What happens to a peer that gathers a package. */
public sealed interface SwarmEvent {

    /** A neighbour told what it has; each announcement replaces its last. */
    record PeerAnnounced(Source.Peer peer, Holdings holdings) implements SwarmEvent {}

    /** A neighbour left the segment. */
    record PeerLeft(Source.Peer peer) implements SwarmEvent {}

    /**
     * This peer may use the WAN: it was elected uplink.
     *
     * @param chunks those it may fetch: all, or its share where a site has several segments
     */
    record WanGranted(Holdings chunks) implements SwarmEvent {}

    /** Another peer is the uplink now, or HQ is out of reach. */
    record WanRevoked() implements SwarmEvent {}

    /** A chunk came, was verified against the manifest and is on disk. */
    record ChunkStored(Source source, int chunk) implements SwarmEvent {}

    /** A chunk did not come: refused, timed out, broken off, or the source was busy. */
    record ChunkFailed(Source source, int chunk, String reason) implements SwarmEvent {}

    /** Bytes came that are not the chunk. */
    record ChunkCorrupt(Source source, int chunk) implements SwarmEvent {}

    /** A chunk that was held is gone or damaged on our own disk. */
    record ChunkLost(int chunk) implements SwarmEvent {}

    /** The pause that {@link SwarmEffect.RetryLater} asked for is over. */
    record SourceRested(Source source) implements SwarmEvent {}
}

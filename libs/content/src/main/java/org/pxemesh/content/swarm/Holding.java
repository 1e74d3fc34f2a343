package org.pxemesh.content.swarm;

import java.util.Collections;
import java.util.List;

/**
 * All chunks are here. Announcements are still followed, so that a lost chunk finds its source at once.
 *
 * @param sources who else has what
 */
public record Holding(SwarmJob job, Sources sources) implements SwarmState {

    @Override
    public Holdings held() {
        return Holdings.all(job.index().size());
    }

    SwarmStep on(SwarmEvent event) {
        return switch (event) {
            case SwarmEvent.PeerAnnounced e -> onPeerAnnounced(e);
            case SwarmEvent.PeerGained e -> onPeerGained(e);
            case SwarmEvent.PeerLeft e -> stay(sources.left(e.peer()));
            case SwarmEvent.WanGranted e -> stay(sources.announced(Source.WAN, e.chunks()));
            case SwarmEvent.WanRevoked ignored -> stay(sources.left(Source.WAN));
            case SwarmEvent.SourceRested e -> stay(sources.rested(e.source()));
            case SwarmEvent.ChunkLost e -> onChunkLost(e.chunk());
            // Answers to requests that another source overtook, and the end of a wait for others.
            case SwarmEvent.ChunkStored ignored -> stay(sources);
            case SwarmEvent.ChunkFailed ignored -> stay(sources);
            case SwarmEvent.SourceBusy ignored -> stay(sources);
            case SwarmEvent.ChunkCorrupt ignored -> stay(sources);
            case SwarmEvent.PatienceOver ignored -> stay(sources);
            case SwarmEvent.Hurried ignored -> stay(sources);
        };
    }

    private SwarmStep onPeerAnnounced(SwarmEvent.PeerAnnounced event) {
        if (event.holdings().size() != job.index().size()) {
            return new SwarmStep(
                    this,
                    List.of(Gathering.nonsense(event.peer(), event.holdings().size(), job)));
        }
        return told(event.peer(), event.holdings());
    }

    private SwarmStep onPeerGained(SwarmEvent.PeerGained event) {
        int size = job.index().size();
        if (event.chunks().stream().anyMatch(chunk -> chunk < 0 || chunk >= size)) {
            return new SwarmStep(
                    this, List.of(Gathering.nonsense(event.peer(), Collections.max(event.chunks()) + 1, job)));
        }
        return told(event.peer(), sources.holdings(event.peer(), size).with(event.chunks()));
    }

    private SwarmStep told(Source.Peer peer, Holdings holdings) {
        Holding now = new Holding(job, sources.announced(peer, holdings));
        boolean isNew = sources.find(peer).isEmpty() && !peer.far();
        return new SwarmStep(now, isNew ? List.of(new SwarmEffect.Announce(held())) : List.of());
    }

    /** Back to gathering; the neighbours are told, because they may be about to ask for the chunk. */
    private SwarmStep onChunkLost(int chunk) {
        return Gathering.with(job, held().without(chunk), sources).announceAndFetch();
    }

    private SwarmStep stay(Sources now) {
        return new SwarmStep(new Holding(job, now), List.of());
    }
}

package org.pxemesh.agent.segment;

import java.util.Optional;
import java.util.UUID;
import org.pxemesh.agent.content.Swarm;
import org.pxemesh.agent.mesh.MeshCodec;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.mesh.MeshEvent;

/** Gives each message of a neighbour to whom it concerns. Confined to the segment's thread. */
final class SegmentMessages {
    private final SegmentAgent segment;
    private final AgentParts parts;
    private final Swarm swarm;
    private final SnapshotExchange exchange;

    SegmentMessages(SegmentAgent segment, AgentParts parts, Swarm swarm, SnapshotExchange exchange) {
        this.segment = segment;
        this.parts = parts;
        this.swarm = swarm;
        this.exchange = exchange;
    }

    /** Whatever a neighbour sent; what cannot be read is counted. */
    void received(UUID from, byte[] bytes) {
        var message = MeshCodec.decode(bytes);
        if (message.isEmpty()) {
            parts.metrics().malformed();
        } else {
            handle(from, message.get());
        }
    }

    private void handle(UUID from, MeshMessage message) {
        switch (message) {
            case MeshMessage.FactsAnnounced(var facts, var term) -> {
                if (facts.id().equals(from)) {
                    segment.apply(new MeshEvent.PeerFactsChanged(facts, Optional.ofNullable(term)));
                }
            }
            case MeshMessage.DirectoryPublished directory -> onDirectory(from, directory);
            case MeshMessage.ViewAsked ignored -> {
                if (segment.state().vouches()) {
                    segment.send(
                            from,
                            new MeshMessage.ViewAnswered(segment.state().view().id()));
                }
            }
            case MeshMessage.ViewAnswered(var viewId) -> segment.apply(new MeshEvent.ViewConfirmed(viewId, from));
            case MeshMessage.RecordsShared shared -> exchange.onRecords(from, shared);
            case MeshMessage.SnapshotTold told -> exchange.onTold(from, told);
            case MeshMessage.SnapshotAsked asked -> exchange.onAsked(from, asked);
            case MeshMessage.HoldingsTold told -> swarm.told(from, told);
            case MeshMessage.ChunksTold told -> swarm.told(from, told);
            case MeshMessage.UplinksTold told -> segment.site().told(told);
            case MeshMessage.FirmwareTold(var learned) -> parts.firmware().told(learned);
            case MeshMessage.EventsSent sent -> segment.desk().onEvents(from, sent);
            case MeshMessage.EventsTaken(var batch) -> {
                if (segment.isUplinkOfDirectory(from)) {
                    parts.outbox().taken(batch);
                }
            }
        }
    }

    private void onDirectory(UUID from, MeshMessage.DirectoryPublished published) {
        segment.apply(new MeshEvent.DirectoryReceived(from, published.toDirectory()));
        if (segment.state().known().directory().viewId() == published.viewId()) {
            segment.seeded(published.seed());
        }
    }
}

package org.pxemesh.agent.segment;

import java.util.UUID;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.agent.uplink.Verdict;
import org.pxemesh.events.SignedRecord;

/** What leaves a segment's exchange of snapshots. */
record SegmentWire(SegmentAgent segment) implements SnapshotExchange.Wire {
    @Override
    public boolean send(UUID to, MeshMessage message) {
        return segment.send(to, message);
    }

    @Override
    public boolean broadcast(MeshMessage message) {
        segment.broadcast(message);
        return true;
    }

    @Override
    public void refused(UUID from, SignedRecord record, Verdict.Refused verdict) {
        segment.desk().refused("peer " + from, record.topic(), record.key(), verdict.reason());
    }

    @Override
    public boolean isUplink(UUID peer) {
        return segment.isUplinkOfDirectory(peer);
    }

    @Override
    public boolean isConnected() {
        return segment.desk().isConnected();
    }
}

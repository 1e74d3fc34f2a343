package org.pxemesh.agent.content;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.events.Event;

/** What the swarm needs of the segments around it. */
public interface Neighbourhood {
    /** Where a peer of one of our segments is. */
    Optional<InetAddress> address(UUID peer);

    /** Peers to ask first for a manifest, the uplink at the front; never this peer. */
    Iterable<UUID> neighbours();

    /** Tells all neighbours. */
    void tell(HoldingsTold holdings);

    /** The packages that are whole here are others now. */
    void holdersChanged();

    /** Tells HQ, once per segment. */
    void publish(SegmentEvent event);

    /** An event that needs the segment's ids. */
    interface SegmentEvent {
        Event at(UUID siteId, UUID segmentId, UUID peerId);
    }
}

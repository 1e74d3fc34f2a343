package org.pxemesh.agent.content;

import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.agent.mesh.MeshMessage;
import org.pxemesh.events.Event;

/** What the swarm needs of the segments around it. */
public interface Neighbourhood {
    /** Where a peer of one of our segments is, or the uplink of another segment of the site. */
    Optional<InetAddress> address(UUID peer);

    /** Peers to ask first for a manifest, the uplink at the front; never this peer. */
    Iterable<UUID> neighbours();

    /** Tells all neighbours. */
    void tell(MeshMessage holdings);

    /** There is more here than before; the uplinks of the site's other segments may wait for it. */
    void held();

    /** Whether it is known who else fetches for the site over the WAN. */
    boolean isSettled();

    /** The segment that this peer fetches for over the WAN; where there are several, one of them. */
    Optional<UUID> uplinkOf();

    /** The packages that are whole here are others now. */
    void holdersChanged();

    /** Tells HQ, once per segment. */
    void publish(SegmentEvent event);

    /** An event that needs the segment's ids. */
    interface SegmentEvent {
        Event at(UUID siteId, UUID segmentId, UUID peerId);
    }
}

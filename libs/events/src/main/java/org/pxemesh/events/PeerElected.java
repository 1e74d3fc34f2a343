package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer became the uplink of its segment; the highest term wins.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the uplink
 * @param term grows with each election of the segment
 * @param address the uplink's address on the segment
 * @param members peers in the view that elected it
 */
public record PeerElected(UUID siteId, UUID segmentId, UUID peerId, long term, String address, int members)
        implements Event {}

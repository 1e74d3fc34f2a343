package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer joined its segment's mesh.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId who joined
 * @param address its address on the segment
 * @param agentVersion of its agent
 */
public record PeerJoined(UUID siteId, UUID segmentId, UUID peerId, String address, String agentVersion)
        implements Event {}

package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer left its segment's mesh.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId who left
 * @param graceful whether it said goodbye
 */
public record PeerLeft(UUID siteId, UUID segmentId, UUID peerId, boolean graceful) implements Event {}

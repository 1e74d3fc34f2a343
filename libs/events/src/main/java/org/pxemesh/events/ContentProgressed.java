package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer holds more of a package.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param packageRef {@code name@version}
 * @param bytesHeld verified and stored
 * @param bytes of the whole package
 * @param wanBytes of these fetched over the WAN
 * @param lanBytes of these fetched from neighbours
 */
public record ContentProgressed(
        UUID siteId,
        UUID segmentId,
        UUID peerId,
        String packageRef,
        long bytesHeld,
        long bytes,
        long wanBytes,
        long lanBytes)
        implements Event {}

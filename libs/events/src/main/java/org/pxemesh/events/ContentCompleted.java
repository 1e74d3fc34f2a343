package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer became a holder.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param packageRef {@code name@version}
 * @param bytes of the whole package
 * @param wanBytes of these fetched over the WAN
 * @param lanBytes of these fetched from neighbours
 * @param seconds since it began
 */
public record ContentCompleted(
        UUID siteId,
        UUID segmentId,
        UUID peerId,
        String packageRef,
        long bytes,
        long wanBytes,
        long lanBytes,
        double seconds)
        implements Event {}

package org.pxemesh.events;

import java.util.UUID;

/**
 * Something unsigned, expired or altered was refused and not acted on.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param what {@code record}, {@code manifest} or {@code chunk}
 * @param name topic and key, or digest
 * @param source who sent it
 * @param reason in words
 */
public record ContentRejected(
        UUID siteId, UUID segmentId, UUID peerId, String what, String name, String source, String reason)
        implements Event {}

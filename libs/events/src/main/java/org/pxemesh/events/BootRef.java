package org.pxemesh.events;

import java.util.UUID;

/**
 * Names a boot in an event and puts the event in order.
 *
 * @param bootId the boot
 * @param siteId site of the segment
 * @param segmentId where the client asked
 * @param peerId the peer that tells
 * @param mac of the client, lower case with colons
 * @param hlc hybrid logical clock: milliseconds since 1970 &lt;&lt; 16 | counter
 */
public record BootRef(UUID bootId, UUID siteId, UUID segmentId, UUID peerId, String mac, long hlc) {}

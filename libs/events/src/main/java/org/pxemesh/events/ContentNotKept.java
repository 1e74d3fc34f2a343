package org.pxemesh.events;

import java.util.UUID;

/**
 * A peer that is to hold a package has no room for it; it tries again by itself.
 *
 * @param siteId site of the segment
 * @param segmentId the broadcast domain
 * @param peerId the peer that tells
 * @param packageRef {@code name@version}
 * @param neededBytes that are still to be stored
 * @param roomBytes that it may still store, all that can be evicted counted
 * @param reason in words, with the setting or the disk that is the limit
 */
public record ContentNotKept(
        UUID siteId, UUID segmentId, UUID peerId, String packageRef, long neededBytes, long roomBytes, String reason)
        implements Event {}

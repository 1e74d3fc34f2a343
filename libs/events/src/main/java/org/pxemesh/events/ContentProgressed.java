package org.pxemesh.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
 * @param reusedBytes of these taken from other packages on the same peer; agents before 0.2 do not say it
 */
public record ContentProgressed(
        UUID siteId,
        UUID segmentId,
        UUID peerId,
        String packageRef,
        long bytesHeld,
        long bytes,
        long wanBytes,
        long lanBytes,
        @Nullable Long reusedBytes)
        implements Event {
    /** {@link #reusedBytes}, 0 where the agent is too old to say. */
    public long reused() {
        return reusedBytes == null ? 0 : reusedBytes;
    }
}

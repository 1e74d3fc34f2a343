package org.pxemesh.agent.uplinks;

import java.net.InetAddress;
import java.util.UUID;

/**
 * Where the uplink of a segment may be. Nobody signed it: it says whom to ask, and content is verified by whoever gets it.
 *
 * @param peerId the uplink
 * @param address its address on its segment
 * @param term of its election; the highest wins
 * @param heardAt when there was last a sign of it, in epoch seconds
 */
public record UplinkHint(UUID siteId, UUID segmentId, UUID peerId, InetAddress address, long term, long heardAt) {

    UplinkHint heardAt(long now) {
        return new UplinkHint(siteId, segmentId, peerId, address, term, Math.max(heardAt, now));
    }
}

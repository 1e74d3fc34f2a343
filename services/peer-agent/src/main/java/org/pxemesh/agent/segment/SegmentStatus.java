package org.pxemesh.agent.segment;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.SegmentFinding;

/**
 * A segment in the agent's status.
 *
 * @param interfaceName for example {@code eth0}
 * @param address of this peer on it
 * @param siteId null while HQ knows no site for the network
 * @param state mute, member or coordinator
 * @param muteReason why it is mute, null when it is not
 * @param members of the current view, the coordinator first
 * @param uplink null while none is elected
 * @param term of that uplink
 * @param role whether this peer is the uplink
 * @param hq what is known of the connection to HQ: of this peer's own as uplink, else of its last probe
 * @param serving whether boot clients are answered
 * @param silence why not, null when they are
 * @param findings what is in the way of boot clients here beside the mesh, as of the last look
 */
public record SegmentStatus(
        String interfaceName,
        String address,
        @Nullable UUID siteId,
        UUID segmentId,
        String state,
        @Nullable String muteReason,
        List<Member> members,
        @Nullable UUID uplink,
        long term,
        String role,
        String hq,
        boolean serving,
        @Nullable String silence,
        List<SegmentFinding> findings) {
    /**
     * A member that announced itself.
     *
     * @param weightClass as published, 0 to 3
     */
    public record Member(UUID id, String address, int weightClass, List<String> holdings, String version) {}
}

package org.pxemesh.agent.uplinks;

import java.util.List;
import java.util.UUID;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;

/**
 * What an uplink says to the uplinks of the site's other segments.
 *
 * @param peerId who says it
 * @param segmentId its segment, the one that the question came to
 * @param term of its election, 0 while it is no uplink
 * @param version what to ask with next: the answer waits until there is something newer
 * @param packages all that it holds or gathers
 */
public record SiteWord(UUID peerId, UUID segmentId, long term, long version, List<HoldingsTold> packages) {
    public SiteWord {
        packages = List.copyOf(packages);
    }

    /** Whether its segment's content comes through it. */
    public boolean isUplink() {
        return term > 0;
    }
}

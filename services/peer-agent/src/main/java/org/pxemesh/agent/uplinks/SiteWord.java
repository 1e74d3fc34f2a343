package org.pxemesh.agent.uplinks;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;

/**
 * What an uplink says to the uplinks of the site's other segments.
 *
 * @param peerId who says it
 * @param segmentId its segment, the one that the question came to
 * @param term of its election, 0 while it is no uplink
 * @param version what to ask with next: the answer waits until there is something newer
 * @param packages all that it holds or gathers
 * @param fetching whether it fetches over the WAN now; null from an agent that does not say
 */
public record SiteWord(
        UUID peerId,
        UUID segmentId,
        long term,
        long version,
        List<HoldingsTold> packages,
        @Nullable Boolean fetching) {
    public SiteWord {
        packages = List.copyOf(packages);
    }

    /** Whether its segment's content comes through it. */
    public boolean isUplink() {
        return term > 0;
    }
}

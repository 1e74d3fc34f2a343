package org.pxemesh.content.wan;

import java.util.Collection;
import java.util.UUID;

/**
 * The uplink of another segment of the same site, as far as it is known. A site's limits are for all of its uplinks
 * together: those that fetch at one moment have equal parts of them.
 *
 * @param peer of the uplink; one peer may be that of several segments
 * @param answers whether it is in reach
 * @param fetches whether it said that it fetches over the WAN; an older agent does not say, and counts as one that does
 * @param lately whether HQ had a sign of it in the last quarter of an hour
 */
public record FellowUplink(UUID peer, boolean answers, boolean fetches, boolean lately) {

    /**
     * Into how many parts a limit is to be divided for one of them to be ours. Whoever cannot be asked, and was there a
     * moment ago, is taken for one that fetches: better too slow than beyond what an administrator allows.
     *
     * @return 1 when nobody else fetches
     */
    public static int parts(Collection<FellowUplink> others) {
        return 1
                + (int) others.stream()
                        .filter(other -> other.answers ? other.fetches : other.lately)
                        .map(FellowUplink::peer)
                        .distinct()
                        .count();
    }
}

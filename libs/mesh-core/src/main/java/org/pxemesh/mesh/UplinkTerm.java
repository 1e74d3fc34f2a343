package org.pxemesh.mesh;

import java.util.UUID;

/**
 * One election's outcome. Terms only grow and the highest wins, in the segment and at HQ.
 *
 * <p>A term is the epoch second of its election, or one more than the highest term known when that is later: a segment
 * whose agents were all installed anew must not count from 1 again, because HQ would ignore its elections.
 *
 * @param peer the uplink of this term
 */
public record UplinkTerm(long term, UUID peer) {
    static UplinkTerm next(long highestTerm, Moment now, UUID peer) {
        return new UplinkTerm(Math.max(highestTerm + 1, now.epochSecond()), peer);
    }
}

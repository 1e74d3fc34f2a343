package org.pxemesh.agent.content;

import java.util.List;

/**
 * What the WAN transfer of this peer is doing, for people.
 *
 * @param phase of the rate control: ramp, steady, drain or yield
 * @param limitedBy link, others, limit, hours, or demand when nothing is wanted
 * @param bytesPerSecond that came in the last seconds
 * @param queueingMillis delay of the bottleneck's queue as seen last
 * @param baseMillis the answering time of an idle link
 * @param windowBytes that may be on their way
 * @param linkBytesPerSecond what the link gave at its best, 0 = unknown
 * @param bytes since the start
 */
public record WanStatus(
        String phase,
        String limitedBy,
        long bytesPerSecond,
        double queueingMillis,
        double baseMillis,
        long windowBytes,
        long linkBytesPerSecond,
        long bytes) {
    /** Nothing is wanted. */
    static final String DEMAND = "demand";

    WanStatus withBytesPerSecond(long rate) {
        return new WanStatus(
                phase, limitedBy, rate, queueingMillis, baseMillis, windowBytes, linkBytesPerSecond, bytes);
    }

    /** All values of {@code limitedBy}. */
    public static final List<String> LIMITS = List.of("link", "others", "limit", "hours", DEMAND);
}

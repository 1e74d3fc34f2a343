package org.pxemesh.mesh;

import java.net.InetAddress;
import java.util.Set;
import java.util.UUID;

/**
 * What a peer says of itself to its segment.
 *
 * @param address its IPv4 address on this segment
 * @param link what its serving interface is
 * @param power what it runs on
 * @param hq whether it can reach HQ, as far as it knows
 * @param startedAt when its agent started, in epoch seconds: the older of two equal peers is the steadier uplink
 * @param weightClass how much it can serve, 0 to 3 (see {@link RankingMember})
 * @param algorithm the highest ranking algorithm that it knows
 * @param agentVersion for display
 * @param responder what the administrator said about it as responder
 * @param uplink what the administrator said about it as uplink
 * @param holdings references ({@code name@version}) of the packages of which it holds all content
 */
public record PeerFacts(
        UUID id,
        InetAddress address,
        Link link,
        Power power,
        HqReach hq,
        long startedAt,
        int weightClass,
        int algorithm,
        String agentVersion,
        Pin responder,
        Pin uplink,
        Set<String> holdings) {
    /** The kind of a serving interface. */
    public enum Link {
        WIRED,
        WIFI
    }

    /** Where a peer's electricity comes from. */
    public enum Power {
        MAINS,
        BATTERY
    }

    /** What a peer knows of the way to HQ: uplinks by their connection, the others by a probe when the uplink fails. */
    public enum HqReach {
        UNKNOWN,
        REACHABLE,
        UNREACHABLE
    }

    public PeerFacts {
        if (weightClass < 0 || weightClass > RankingMember.MAX_WEIGHT_CLASS) {
            throw new IllegalArgumentException("weightClass must be 0 to 3, not " + weightClass);
        }
        holdings = Set.copyOf(holdings);
    }

    /** The same peer with another word on HQ. */
    public PeerFacts withHq(HqReach reach) {
        return new PeerFacts(
                id,
                address,
                link,
                power,
                reach,
                startedAt,
                weightClass,
                algorithm,
                agentVersion,
                responder,
                uplink,
                holdings);
    }

    /** The same peer with other packages. */
    public PeerFacts withHoldings(Set<String> packages) {
        return new PeerFacts(
                id,
                address,
                link,
                power,
                hq,
                startedAt,
                weightClass,
                algorithm,
                agentVersion,
                responder,
                uplink,
                packages);
    }

    RankingMember rankedWith(int publishedClass) {
        return new RankingMember(id, address, publishedClass, responder);
    }
}

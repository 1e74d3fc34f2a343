package org.pxemesh.mesh;

import java.net.InetAddress;
import java.util.UUID;

/**
 * A peer as the ranking sees it.
 *
 * @param address its IPv4 address on this segment
 * @param weightClass 0 (weak: on Wi-Fi or battery) to 3 (strong); each class serves twice the clients of the one below
 */
public record RankingMember(UUID id, InetAddress address, int weightClass, Pin pin) {
    /** The strongest weight class. */
    public static final int MAX_WEIGHT_CLASS = 3;

    public RankingMember {
        if (weightClass < 0 || weightClass > MAX_WEIGHT_CLASS) {
            throw new IllegalArgumentException("weightClass must be 0 to 3, not " + weightClass);
        }
    }
}

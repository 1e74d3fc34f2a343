package org.pxemesh.content.swarm;

/**
 * Bounds on what a peer has under way.
 *
 * @param perSource requests to one source at once, at least 1
 * @param total requests at once, at least 1
 * @param patience failures in a row after which a neighbour's holdings no longer keep the uplink from the WAN, at least
 *     1: a neighbour that promises chunks and never gives them must not starve a segment
 * @param wanBytes bytes of the chunks that come over the WAN or came and are at no second peer yet, at least 1: what the
 *     death of an uplink costs. One chunk is always under way, whatever its size
 */
public record SwarmLimits(int perSource, int total, int patience, long wanBytes) {

    public static final SwarmLimits DEFAULT = new SwarmLimits(2, 32, 3, 512 * 1024);

    public SwarmLimits {
        if (perSource < 1 || total < 1 || patience < 1 || wanBytes < 1) {
            throw new IllegalArgumentException("swarm limits must be at least 1: perSource=" + perSource + " total="
                    + total + " patience=" + patience + " wanBytes=" + wanBytes);
        }
    }
}

package org.pxemesh.content.swarm;

/**
 * Bounds on what a peer has under way.
 *
 * @param perSource requests to one source at once, at least 1
 * @param total requests at once, at least 1
 * @param announceEvery chunks that are stored before the neighbours are told again, at least 1
 * @param patience failures in a row after which a neighbour's holdings no longer keep the uplink from the WAN, at least
 *     1: a neighbour that promises chunks and never gives them must not starve a segment
 */
public record SwarmLimits(int perSource, int total, int announceEvery, int patience) {

    public static final SwarmLimits DEFAULT = new SwarmLimits(4, 16, 4, 3);

    public SwarmLimits {
        if (perSource < 1 || total < 1 || announceEvery < 1 || patience < 1) {
            throw new IllegalArgumentException("swarm limits must be at least 1: perSource=" + perSource + " total="
                    + total + " announceEvery=" + announceEvery + " patience=" + patience);
        }
    }
}

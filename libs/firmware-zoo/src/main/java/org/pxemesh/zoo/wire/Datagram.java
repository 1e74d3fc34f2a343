package org.pxemesh.zoo.wire;

import java.util.HexFormat;

/**
 * A UDP datagram on the segment.
 *
 * @param to the broadcast address reaches every host
 * @param payload not changed by anybody
 */
public record Datagram(Endpoint from, Endpoint to, byte[] payload) {

    @Override
    public String toString() {
        return from + " > " + to + " " + HexFormat.of().formatHex(payload);
    }
}

package org.pxemesh.agent.dhcp;

import org.pxemesh.netboot.dhcp.Ipv4Address;

/** A UDP socket's way out of the interface that it serves. Boot thread only. */
@FunctionalInterface
public interface Wire {

    /** Sends a datagram, at the latest when the packets that were read with the one that it answers have been dealt with. */
    void send(byte[] datagram, Ipv4Address to, int port);
}

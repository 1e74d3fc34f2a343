package org.pxemesh.agent.dhcp;

import org.pxemesh.netboot.dhcp.Ipv4Address;

/** Takes what comes in on a UDP socket. Boot thread only. */
@FunctionalInterface
public interface Datagrams {

    /** @param datagram the taker's to keep */
    void received(byte[] datagram, Ipv4Address source, int sourcePort);
}

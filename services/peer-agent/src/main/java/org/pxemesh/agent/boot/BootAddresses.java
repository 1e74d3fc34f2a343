package org.pxemesh.agent.boot;

import java.util.UUID;

/**
 * The addresses that a client is told, with this peer's IP as a literal: firmware often has no name server.
 *
 * @param host this peer's address on the segment
 * @param port of the boot HTTP server
 */
public record BootAddresses(String host, int port) {

    /** The same at another peer: all peers of a site serve HTTP on the same port. */
    BootAddresses at(String peer) {
        return new BootAddresses(peer, port);
    }

    /** Where iPXE and HTTP clients fetch the files of a boot. */
    public String files(UUID bootId) {
        return "http://" + host + ":" + port + "/boot/" + bootId;
    }

    /** Where the booted system checks in. */
    public String checkIn(UUID bootId) {
        return "http://" + host + ":" + port + "/checkin/" + bootId;
    }
}

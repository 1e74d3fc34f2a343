package org.pxemesh.agent.boot;

import org.pxemesh.netboot.loader.LoaderConfiguration;
import org.pxemesh.policy.ClientArchitecture;

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
    public String files(BootToken boot) {
        return "http://" + host + ":" + port + "/boot/" + boot;
    }

    /** Where the booted system checks in. */
    public String checkIn(BootToken boot) {
        return "http://" + host + ":" + port + "/checkin/" + boot;
    }

    /** Where a machine asks on that waits in iPXE. */
    String wait(ClientArchitecture architecture, int left) {
        return "http://" + host + ":" + port + "/wait/" + architecture.label() + "/" + left + "/"
                + LoaderConfiguration.IPXE_SCRIPT;
    }
}

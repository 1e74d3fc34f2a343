package org.pxemesh.netboot.pxe;

import org.pxemesh.netboot.dhcp.Ipv4Address;

/**
 * Where a reply goes.
 *
 * @param address the destination, or 255.255.255.255 for a broadcast out of the interface that heard the client
 * @param port 68, 67 (a relay) or the port that a boot server request came from
 */
public record ReplyDestination(Ipv4Address address, int port) {

    private static final int CLIENT_PORT = 68;

    /**
     * EDK2 asks a boot server from its own port 4011 and iPXE from 68, so there the source is what counts; elsewhere it
     * never does: a relay may send from any port and is answered at {@code giaddr}.
     */
    public static ReplyDestination of(ClientFacts facts, Ipv4Address source, int sourcePort) {
        if (facts.port() == ClientFacts.BOOT_SERVER_PORT && !source.isNone()) {
            return new ReplyDestination(source, sourcePort);
        }
        if (!facts.giaddr().isNone()) {
            return new ReplyDestination(facts.giaddr(), ClientFacts.DHCP_PORT);
        }
        if (!facts.ciaddr().isNone()) {
            return new ReplyDestination(facts.ciaddr(), CLIENT_PORT);
        }
        return new ReplyDestination(Ipv4Address.BROADCAST, CLIENT_PORT);
    }

    public boolean isBroadcast() {
        return address.equals(Ipv4Address.BROADCAST);
    }
}

package org.pxemesh.agent.host;

import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.Optional;

/**
 * A UDP socket as the boot side wants it.
 *
 * @param purpose for messages: {@code proxyDHCP}, {@code TFTP}, ...
 * @param network the interface that it serves; nothing of another interface may come in where the host can prevent it
 * @param address this peer's address there
 * @param wildcard whether broadcasts and multicasts are to be heard, so that it is bound to no address
 * @param port UDP port; 0 for any
 * @param group multicast group to join
 */
public record SocketSpec(
        String purpose,
        NetworkInterface network,
        Inet4Address address,
        boolean wildcard,
        int port,
        Optional<Inet4Address> group) {

    /** Hears broadcasts of the interface and may send them. */
    public static SocketSpec broadcast(String purpose, NetworkInterface network, Inet4Address address, int port) {
        return new SocketSpec(purpose, network, address, true, port, Optional.empty());
    }

    /** Hears what is sent to the address. */
    public static SocketSpec unicast(String purpose, NetworkInterface network, Inet4Address address, int port) {
        return new SocketSpec(purpose, network, address, false, port, Optional.empty());
    }

    /** Hears a group of the interface. */
    public static SocketSpec multicast(
            String purpose, NetworkInterface network, Inet4Address address, int port, Inet4Address group) {
        return new SocketSpec(purpose, network, address, true, port, Optional.of(group));
    }
}

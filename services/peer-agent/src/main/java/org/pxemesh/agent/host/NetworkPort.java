package org.pxemesh.agent.host;

import java.net.Inet4Address;

/**
 * A network interface with an IPv4 address.
 *
 * @param name for example {@code eth0}
 * @param address its first IPv4 address
 * @param prefixLength of that address, 0 to 32
 * @param mac lower case with colons, empty where it has none
 * @param kind what it is
 * @param up whether it is enabled and has a carrier
 */
public record NetworkPort(String name, Inet4Address address, int prefixLength, String mac, Kind kind, boolean up) {
    /** What an interface is made of. */
    public enum Kind {
        WIRED,
        WIFI,
        /** Tunnel, container, bridge, loopback: never served. */
        VIRTUAL
    }
}

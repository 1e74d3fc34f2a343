package org.pxemesh.zoo.wire;

/**
 * The ports of network boot; others only to test a server that may not bind these.
 *
 * @param dhcp of DHCP and proxyDHCP servers
 * @param client of DHCP clients
 */
public record ServicePorts(int dhcp, int client, int bootServer, int tftp) {

    /** PXE's and BINL's boot server port. */
    public static final int BOOT_SERVER = 4011;

    public static final ServicePorts STANDARD = new ServicePorts(67, 68, BOOT_SERVER, 69);
}

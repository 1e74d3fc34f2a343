package org.pxemesh.agent.host.portable;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * Sockets by NIO. It cannot bind a socket to an interface: a wildcard socket hears the broadcasts of all of them, and
 * nothing tells where one came in. So it serves one network. Its broadcasts leave there, whatever the routing table says:
 * they are sent by a second socket that has the interface's address ({@link NioBatch}).
 */
public final class PortableNetwork implements HostNetwork {

    private static final int BUFFER = 1 << 20;

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public BatchSockets openBatch(List<SocketSpec> specs) {
        return NioBatch.open(specs, BUFFER);
    }

    /** Java knows no neighbour table. */
    @Override
    public Optional<HardwareAddress> neighbour(Inet4Address address) {
        return Optional.empty();
    }
}

package org.pxemesh.agent.host.linux;

import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.agent.host.portable.NioBatch;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * Sockets by the system's own calls, each bound to its interface, so that a broadcast is heard on the interface where it was sent and
 * the answer leaves there, whatever the routing table says.
 */
public final class LinuxNetwork implements HostNetwork {

    private static final Logger LOG = Logger.getLogger(LinuxNetwork.class);
    private static final int BUFFER = 1 << 20;

    private final ProcNet proc = new ProcNet(Path.of("/proc"));

    /** Whether this is a Linux whose system calls are known here. */
    public static boolean isAvailable() {
        return System.getProperty("os.name", "").startsWith("Linux") && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public BatchSockets openBatch(List<SocketSpec> specs) {
        try {
            return LinuxBatch.open(specs, BUFFER, proc::holderOfUdpPort);
        } catch (LinkageError | UnsupportedOperationException | IllegalCallerException e) {
            LOG.infof(
                    "no batches of datagrams here, they travel one by one, and sockets hear all interfaces: %s",
                    e.getMessage());
            return NioBatch.open(specs, BUFFER);
        }
    }

    @Override
    public Optional<HardwareAddress> neighbour(Inet4Address address) {
        return proc.neighbour(address.getHostAddress());
    }
}

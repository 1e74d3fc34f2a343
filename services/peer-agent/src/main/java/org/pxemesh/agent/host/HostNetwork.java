package org.pxemesh.agent.host;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** UDP sockets and neighbours as the operating system gives them. Safe for use by several threads. */
public interface HostNetwork {

    /** {@code linux} or {@code portable}. */
    String name();

    /**
     * Opens and binds sockets that a thread of its own reads and writes in batches.
     *
     * @throws StartProblem in one line: which port, who holds it or what is not permitted, and what to do; none is open
     *     then
     */
    BatchSockets openBatch(List<SocketSpec> specs);

    /** The hardware address behind an address of the segment, as far as the host knows it. */
    Optional<HardwareAddress> neighbour(Inet4Address address);
}

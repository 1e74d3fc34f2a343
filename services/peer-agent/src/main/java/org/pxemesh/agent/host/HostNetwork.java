package org.pxemesh.agent.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** UDP sockets and neighbours as the operating system gives them. Safe for use by several threads. */
public interface HostNetwork extends AutoCloseable {

    /** {@code linux} or {@code portable}. */
    String name();

    /** The one event loop on which all sockets live, so that what hangs on them needs no locks. */
    EventLoop loop();

    /**
     * Opens and binds a socket; its datagrams go to the handler on {@link #loop()}.
     *
     * @throws StartProblem in one line: which port, who holds it or what is not permitted, and what to do
     */
    Channel open(SocketSpec spec, ChannelHandler handler);

    /**
     * Opens and binds sockets that a thread of its own reads and writes in batches; unicast alone.
     *
     * @throws StartProblem as {@link #open} does; none is open then
     */
    BatchSockets openBatch(List<SocketSpec> specs);

    /** The hardware address behind an address of the segment, as far as the host knows it. */
    Optional<HardwareAddress> neighbour(Inet4Address address);

    @Override
    void close();
}

package org.pxemesh.agent.host.linux;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketProblems;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.agent.host.portable.NioBatch;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * Sockets by epoll, each bound to its interface, so that a broadcast is heard on the interface where it was sent and
 * the answer leaves there, whatever the routing table says.
 */
public final class LinuxNetwork implements HostNetwork {

    private static final Logger LOG = Logger.getLogger(LinuxNetwork.class);
    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;
    private static final int IFNAMSIZ = 16;
    private static final RawUnixChannelOption BIND_TO_DEVICE =
            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, IFNAMSIZ);

    /** One read takes this many datagrams of {@link #DATAGRAM} octets from the socket (recvmmsg). */
    private static final int READ_BATCH = 64 * 1024;

    private static final int DATAGRAM = 2048;
    private static final int BUFFER = 1 << 20;

    private final EpollEventLoopGroup group;
    private final ProcNet proc = new ProcNet(Path.of("/proc"));

    public LinuxNetwork() {
        this.group = new EpollEventLoopGroup(1, new DefaultThreadFactory("pxemesh-boot", true));
    }

    /** Whether the native library is there for this machine. */
    public static boolean isAvailable() {
        return Epoll.isAvailable();
    }

    @Override
    public String name() {
        return "linux";
    }

    @Override
    public EventLoop loop() {
        return group.next();
    }

    @Override
    public Channel open(SocketSpec spec, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop())
                .channelFactory(() -> new EpollDatagramChannel(InternetProtocolFamily.IPv4))
                .option(BIND_TO_DEVICE, device(spec))
                .option(ChannelOption.SO_BROADCAST, spec.wildcard())
                .option(ChannelOption.SO_RCVBUF, BUFFER)
                .option(ChannelOption.SO_SNDBUF, BUFFER)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BATCH))
                .handler(handler);
        spec.group()
                .ifPresent(joined -> bootstrap
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.IP_MULTICAST_IF, spec.network())
                        .option(ChannelOption.IP_MULTICAST_TTL, 1));
        InetSocketAddress local = spec.wildcard()
                ? new InetSocketAddress(spec.port())
                : new InetSocketAddress(spec.address(), spec.port());
        ChannelFuture bound = bootstrap.bind(local).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw SocketProblems.explain(spec, bound.cause(), proc.holderOfUdpPort(spec.port()));
        }
        EpollDatagramChannel channel = (EpollDatagramChannel) bound.channel();
        requireDevice(channel, spec);
        spec.group().ifPresent(joined -> join(channel, joined, spec));
        return channel;
    }

    /** A socket option that fails is only logged by Netty; unbound, the socket would answer for other interfaces. */
    private static void requireDevice(EpollDatagramChannel channel, SocketSpec spec) {
        ByteBuffer bound = channel.config().getOption(BIND_TO_DEVICE);
        if (bound == null || !device(spec).equals(bound.limit(IFNAMSIZ).rewind())) {
            channel.close();
            throw new StartProblem("UDP port " + spec.port() + " (" + spec.purpose() + ") cannot be bound to interface "
                    + spec.network().getName() + ": run the agent as root or give its service CAP_NET_RAW");
        }
    }

    private static void join(DatagramChannel channel, Inet4Address joined, SocketSpec spec) {
        ChannelFuture future = channel.joinGroup(joined, spec.network(), null).awaitUninterruptibly();
        if (!future.isSuccess()) {
            channel.close();
            throw SocketProblems.explain(spec, future.cause(), Optional.empty());
        }
    }

    private static ByteBuffer device(SocketSpec spec) {
        byte[] name = spec.network().getName().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer value = ByteBuffer.allocateDirect(IFNAMSIZ);
        return value.put(name).rewind();
    }

    @Override
    public BatchSockets openBatch(List<SocketSpec> specs) {
        try {
            return LinuxBatch.open(specs, BUFFER, proc::holderOfUdpPort);
        } catch (LinkageError | UnsupportedOperationException | IllegalCallerException e) {
            LOG.infof("no batches of datagrams here, they travel one by one: %s", e.getMessage());
            return NioBatch.open(specs, BUFFER);
        }
    }

    @Override
    public Optional<HardwareAddress> neighbour(Inet4Address address) {
        return proc.neighbour(address.getHostAddress());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}

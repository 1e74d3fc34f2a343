package org.pxemesh.agent.host.portable;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pxemesh.agent.StartProblem;
import org.pxemesh.agent.host.BatchSockets;
import org.pxemesh.agent.host.HostNetwork;
import org.pxemesh.agent.host.SocketProblems;
import org.pxemesh.agent.host.SocketSpec;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/**
 * Sockets by NIO. It cannot bind a socket to an interface: a wildcard socket hears the broadcasts of all of them, and
 * nothing tells where one came in. So it serves one network. Its broadcasts leave there, whatever the routing table says:
 * they are sent by a second socket that has the interface's address.
 */
public final class PortableNetwork implements HostNetwork {

    private static final int DATAGRAM = 2048;
    private static final int BUFFER = 1 << 20;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("pxemesh-boot", true));

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public EventLoop loop() {
        return group.next();
    }

    @Override
    public Channel open(SocketSpec spec, ChannelHandler handler) {
        if (!spec.wildcard() || spec.group().isPresent()) {
            return open(spec, spec.wildcard(), false, handler);
        }
        Channel hears = open(spec, true, true, handler);
        try {
            Pair.tie(hears, open(spec, false, true, new Pair.Towards(hears)));
            return hears;
        } catch (StartProblem problem) {
            hears.close();
            throw problem;
        }
    }

    /** @param shared whether another socket of ours has the port too */
    private Channel open(SocketSpec spec, boolean wildcard, boolean shared, ChannelHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop())
                .channelFactory(() -> new NioDatagramChannel(InternetProtocolFamily.IPv4))
                .option(ChannelOption.SO_BROADCAST, spec.wildcard())
                .option(ChannelOption.SO_REUSEADDR, shared)
                .option(ChannelOption.SO_RCVBUF, BUFFER)
                .option(ChannelOption.SO_SNDBUF, BUFFER)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM))
                .handler(handler);
        spec.group()
                .ifPresent(joined -> bootstrap
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .option(ChannelOption.IP_MULTICAST_IF, spec.network())
                        .option(ChannelOption.IP_MULTICAST_TTL, 1));
        InetSocketAddress local =
                wildcard ? new InetSocketAddress(spec.port()) : new InetSocketAddress(spec.address(), spec.port());
        ChannelFuture bound = bootstrap.bind(local).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw SocketProblems.explain(spec, bound.cause(), Optional.empty());
        }
        DatagramChannel channel = (DatagramChannel) bound.channel();
        spec.group().ifPresent(joined -> join(channel, joined, spec));
        return channel;
    }

    private static void join(DatagramChannel channel, Inet4Address joined, SocketSpec spec) {
        ChannelFuture future = channel.joinGroup(joined, spec.network(), null).awaitUninterruptibly();
        if (!future.isSuccess()) {
            channel.close();
            throw SocketProblems.explain(spec, future.cause(), Optional.empty());
        }
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

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}

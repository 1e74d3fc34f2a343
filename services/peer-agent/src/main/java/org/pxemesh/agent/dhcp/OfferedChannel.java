package org.pxemesh.agent.dhcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.Offered;

/** The peers' {@code offered} messages of one segment. */
public final class OfferedChannel extends SimpleChannelInboundHandler<DatagramPacket> {

    /** UDP port of the group. */
    public static final int PORT = 7465;

    /** Multicast group, TTL 1. */
    public static final Inet4Address GROUP = Ipv4Address.parse("239.255.80.69").toInetAddress();

    private final Ipv4Address self;
    private final BootMetrics metrics;
    private final Consumer<Offered> heard;
    private @Nullable Channel channel;

    /** @param heard takes the other peers' messages, on the boot thread */
    public OfferedChannel(Ipv4Address self, BootMetrics metrics, Consumer<Offered> heard) {
        this.self = self;
        this.metrics = metrics;
        this.heard = heard;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /** Tells the segment. A lost message costs a second offer, no more. */
    void send(Offered offered) {
        if (channel != null) {
            channel.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(offered.encode()), new InetSocketAddress(GROUP, PORT)));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        switch (Offered.decode(packet.content().nioBuffer())) {
            case Decoded.Ok<Offered>(Offered offered) -> {
                if (!offered.responder().equals(self)) {
                    heard.accept(offered);
                }
            }
            case Decoded.Malformed<Offered> malformed -> metrics.malformed("offered");
        }
    }
}

package org.pxemesh.agent.dhcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.ReplyDestination;
import org.pxemesh.netboot.pxe.WindowsPeStarted;

/** One of the two sockets of proxyDHCP: datagrams to boot clients' questions, replies to datagrams. */
public final class ProxyDhcp extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final PxeSieve SIEVE = new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS);
    private static final PxeSieve WINDOWS = new PxeSieve(List.of(WindowsPeStarted.VENDOR_CLASS));
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    private final int port;
    private final BootMetrics metrics;
    private final Responder responder;
    private final BiConsumer<DhcpPacket, Ipv4Address> replies;

    /** @param port 67 or 4011 */
    public ProxyDhcp(int port, BootMetrics metrics, Responder responder) {
        this(port, metrics, responder, (reply, source) -> {});
    }

    /** @param replies takes what other servers send to this port, and who sent it */
    public ProxyDhcp(int port, BootMetrics metrics, Responder responder, BiConsumer<DhcpPacket, Ipv4Address> replies) {
        this.replies = replies;
        this.port = port;
        this.metrics = metrics;
        this.responder = responder;
    }

    /** Makes the JVM ready to answer within milliseconds. */
    public static void warmUp(BootDesk desk) {
        WarmUp.run(desk, SIEVE, INSPECTOR);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        ByteBuffer bytes = content.nioBuffer();
        if (isReply(bytes)) {
            if (DhcpCodec.decode(bytes) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)) {
                replies.accept(packet, source(datagram).address());
            }
            return;
        }
        if (!SIEVE.looksLikePxe(bytes)) {
            metrics.otherDhcp();
            if (WINDOWS.looksLikePxe(bytes) && DhcpCodec.decode(bytes) instanceof Decoded.Ok<DhcpPacket>(var packet)) {
                WindowsPeStarted.in(packet).ifPresent(responder::started);
            }
            return;
        }
        long arrived = System.nanoTime();
        switch (DhcpCodec.decode(bytes)) {
            case Decoded.Malformed<DhcpPacket> malformed -> metrics.malformed("dhcp");
            case Decoded.Ok<DhcpPacket>(DhcpPacket packet) ->
                inspect(packet, source(datagram), context.channel(), arrived);
        }
    }

    private static boolean isReply(ByteBuffer bytes) {
        return bytes.hasRemaining() && bytes.get(bytes.position()) == DhcpPacket.BOOTREPLY;
    }

    private void inspect(DhcpPacket packet, Source source, Channel channel, long arrived) {
        switch (INSPECTOR.inspect(packet, port)) {
            // A boot client's REQUEST to its DHCP server is not ours, but tells the address that it is going to have.
            case Inspection.NotOurs notOurs -> responder.overheard(packet);
            case Inspection.Client(var facts) ->
                responder.asked(new Question(
                        packet, facts, ReplyDestination.of(facts, source.address(), source.port()), channel, arrived));
        }
    }

    private record Source(Ipv4Address address, int port) {}

    private static Source source(DatagramPacket datagram) {
        InetSocketAddress sender = datagram.sender();
        return sender.getAddress() instanceof Inet4Address address
                ? new Source(Ipv4Address.of(address), sender.getPort())
                : new Source(Ipv4Address.NONE, 0);
    }

    /** Sends a reply to where the question's destination says, out of the interface that heard it. */
    static void reply(Question question, DhcpPacket packet) {
        ReplyDestination to = question.destination();
        question.channel()
                .writeAndFlush(new DatagramPacket(
                        Unpooled.wrappedBuffer(DhcpCodec.encode(packet)),
                        new InetSocketAddress(to.address().toInetAddress(), to.port())));
    }
}

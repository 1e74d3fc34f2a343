package org.pxemesh.agent.dhcp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.ClientKind;
import org.pxemesh.netboot.pxe.ClientKinds;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.ReplyDestination;
import org.pxemesh.netboot.pxe.WindowsPeStarted;

/** One of the two sockets of proxyDHCP: datagrams to boot clients' questions, replies to datagrams. */
public final class ProxyDhcp implements Datagrams {

    private static final PxeSieve SIEVE = new PxeSieve(ClientInspector.STANDARD_VENDOR_IDS);
    private static final PxeSieve WINDOWS = new PxeSieve(List.of(WindowsPeStarted.VENDOR_CLASS));
    private static final ClientInspector INSPECTOR = new ClientInspector(ClientInspector.STANDARD_VENDOR_IDS);

    private final int port;
    private final BootMetrics metrics;
    private final Responder responder;
    private final Wire wire;
    private final BiConsumer<DhcpPacket, Ipv4Address> replies;
    private final ClientKinds kinds = new ClientKinds();

    /**
     * @param port 67 or 4011
     * @param wire the way out of the same socket
     */
    public ProxyDhcp(int port, BootMetrics metrics, Responder responder, Wire wire) {
        this(port, metrics, responder, wire, (reply, source) -> {});
    }

    /** @param replies takes what other servers send to this port, and who sent it */
    public ProxyDhcp(
            int port,
            BootMetrics metrics,
            Responder responder,
            Wire wire,
            BiConsumer<DhcpPacket, Ipv4Address> replies) {
        this.replies = replies;
        this.port = port;
        this.metrics = metrics;
        this.responder = responder;
        this.wire = wire;
    }

    /** Makes the JVM ready to answer within milliseconds. */
    public static void warmUp(BootDesk desk) {
        WarmUp.run(desk, SIEVE, INSPECTOR);
    }

    @Override
    public void received(byte[] datagram, Ipv4Address source, int sourcePort) {
        long arrived = System.nanoTime();
        ClientKind kind = port == ClientFacts.DHCP_PORT ? kinds.of(datagram) : null;
        if (kind != null) {
            ask(datagram, kind, null, kind.facts(datagram), source, sourcePort, arrived);
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(datagram);
        if (isReply(datagram)) {
            if (DhcpCodec.decode(bytes) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)) {
                replies.accept(packet, source);
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
        switch (DhcpCodec.decode(bytes)) {
            case Decoded.Malformed<DhcpPacket> malformed -> metrics.malformed("dhcp");
            case Decoded.Ok<DhcpPacket>(DhcpPacket packet) -> inspect(datagram, packet, source, sourcePort, arrived);
        }
    }

    private static boolean isReply(byte[] datagram) {
        return datagram.length > 0 && datagram[0] == DhcpPacket.BOOTREPLY;
    }

    private void inspect(byte[] datagram, DhcpPacket packet, Ipv4Address source, int sourcePort, long arrived) {
        switch (INSPECTOR.inspect(packet, port)) {
            // A boot client's REQUEST to its DHCP server is not ours, but tells the address that it is going to have.
            case Inspection.NotOurs notOurs -> responder.overheard(packet);
            case Inspection.Client(var facts) -> {
                ClientKind kind = port == ClientFacts.DHCP_PORT ? kinds.learn(datagram, packet, facts) : null;
                ask(datagram, kind, packet, facts, source, sourcePort, arrived);
            }
        }
    }

    private void ask(
            byte[] datagram,
            @Nullable ClientKind kind,
            @Nullable DhcpPacket packet,
            ClientFacts facts,
            Ipv4Address source,
            int sourcePort,
            long arrived) {
        ReplyDestination to = ReplyDestination.of(facts, source, sourcePort);
        responder.asked(new Question(datagram, kind, packet, facts, to, wire, arrived));
    }
}

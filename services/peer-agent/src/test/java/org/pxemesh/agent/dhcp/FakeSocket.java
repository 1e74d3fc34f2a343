package org.pxemesh.agent.dhcp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.Offered;

/** What came out of a socket, and who takes what comes in. */
final class FakeSocket implements Wire {
    final Queue<Sent> out = new ArrayDeque<>();
    Datagrams taker = (datagram, source, port) -> {};

    record Sent(byte[] datagram, Ipv4Address to, int port) {}

    @Override
    public void send(byte[] datagram, Ipv4Address to, int port) {
        out.add(new Sent(datagram, to, port));
    }

    static void receive(FakeSocket socket, byte[] bytes, InetSocketAddress from) {
        socket.taker.received(bytes, Ipv4Address.of((Inet4Address) from.getAddress()), from.getPort());
    }

    static boolean nothing(FakeSocket socket) {
        return socket.out.poll() == null;
    }

    static DhcpPacket packet(Sent sent) {
        return decoded(sent.datagram());
    }

    static DhcpPacket decoded(byte[] bytes) {
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(bytes))).value();
    }

    static Offered offered(Sent sent) {
        return ((Decoded.Ok<Offered>) Offered.decode(ByteBuffer.wrap(sent.datagram()))).value();
    }
}

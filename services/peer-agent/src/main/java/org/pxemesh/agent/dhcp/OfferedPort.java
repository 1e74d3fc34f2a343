package org.pxemesh.agent.dhcp;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.pxemesh.agent.boot.BootMetrics;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.Offered;

/**
 * The peers' {@code offered} messages of one segment. Those of the packets that were read together travel together: in a
 * storm one datagram for many, and at any other time at once.
 */
public final class OfferedPort implements Datagrams {

    /** UDP port of the group. */
    public static final int PORT = 7465;

    /** Multicast group, TTL 1. */
    public static final Inet4Address GROUP = Ipv4Address.parse("239.255.80.69").toInetAddress();

    private static final Ipv4Address TO = Ipv4Address.of(GROUP);

    private final Ipv4Address self;
    private final BootMetrics metrics;
    private final Consumer<Offered> heard;
    private final Wire wire;
    private final ByteBuffer gathered = ByteBuffer.allocate(Offered.MOST_TOGETHER * Offered.LENGTH);

    /** @param heard takes the other peers' messages, on the boot thread */
    OfferedPort(Ipv4Address self, BootMetrics metrics, Wire wire, Consumer<Offered> heard) {
        this.self = self;
        this.metrics = metrics;
        this.wire = wire;
        this.heard = heard;
    }

    /** Tells the segment, at the latest with {@link #flush()}. A lost message costs a second offer, no more. */
    void tell(Offered offered) {
        byte[] message = offered.encode();
        if (message.length != Offered.LENGTH) {
            flush();
            wire.send(message, TO, PORT);
            return;
        }
        gathered.put(message);
        if (!gathered.hasRemaining()) {
            flush();
        }
    }

    /** Sends what was gathered. */
    public void flush() {
        if (gathered.position() > 0) {
            byte[] datagram = new byte[gathered.position()];
            gathered.flip().get(datagram).clear();
            wire.send(datagram, TO, PORT);
        }
    }

    @Override
    public void received(byte[] datagram, Ipv4Address source, int sourcePort) {
        for (Decoded<Offered> message : Offered.decodeAll(ByteBuffer.wrap(datagram))) {
            switch (message) {
                case Decoded.Ok<Offered>(Offered offered) -> {
                    if (!offered.responder().equals(self)) {
                        heard.accept(offered);
                    }
                }
                case Decoded.Malformed<Offered> malformed -> metrics.malformed("offered");
            }
        }
    }
}

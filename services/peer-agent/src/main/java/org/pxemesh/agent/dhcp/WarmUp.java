package org.pxemesh.agent.dhcp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.pxemesh.agent.boot.BootDesk;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.dhcp.PxeSieve;
import org.pxemesh.netboot.pxe.ClientFacts;
import org.pxemesh.netboot.pxe.ClientInspector;
import org.pxemesh.netboot.pxe.ClientKind;
import org.pxemesh.netboot.pxe.ClientKinds;
import org.pxemesh.netboot.pxe.Inspection;
import org.pxemesh.netboot.pxe.OfferEvent;
import org.pxemesh.netboot.pxe.OfferRace;
import org.pxemesh.netboot.pxe.OfferState;
import org.pxemesh.netboot.pxe.Offered;
import org.pxemesh.netboot.pxe.ReplyContent;
import org.pxemesh.netboot.pxe.ReplyForms;

/**
 * Answers an imaginary client before the first real one comes. A fresh JVM needs a third of a second for its first
 * answer, most of it to load classes; by then the standby peers would have answered as well.
 */
final class WarmUp {

    private static final int ROUNDS = 200;

    private WarmUp() {}

    /** Sends nothing and leaves no trace; a failure here would be one for every client, so it is thrown. */
    static void run(BootDesk desk, PxeSieve sieve, ClientInspector inspector) {
        Ipv4Address self = Ipv4Address.of(desk.segment().address());
        ClientKinds kinds = new ClientKinds();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] datagram = DhcpCodec.encode(discover(round % 2 * 7));
            ByteBuffer discover = ByteBuffer.wrap(datagram);
            if (sieve.looksLikePxe(discover)
                    && DhcpCodec.decode(discover) instanceof Decoded.Ok<DhcpPacket>(DhcpPacket packet)
                    && inspector.inspect(packet, ClientFacts.DHCP_PORT) instanceof Inspection.Client(var facts)) {
                answer(desk, self, packet, facts);
                ClientKind known = kinds.of(datagram);
                ClientKind kind = known == null ? kinds.learn(datagram, packet, facts) : known;
                if (kind != null) {
                    kind.facts(datagram);
                    kind.offer(datagram, ReplyForms.BINL, ReplyContent.of(self, "warm-up"), () -> packet);
                }
            }
        }
    }

    private static void answer(BootDesk desk, Ipv4Address self, DhcpPacket packet, ClientFacts facts) {
        desk.decide(facts);
        desk.reporterTurn(facts.mac());
        OfferRace.apply(new OfferState.Unseen(), new OfferEvent.Discovered(facts.xid(), 0, 1, 2));
        ReplyForms.inOrder(facts)
                .forEach(form -> DhcpCodec.encode(form.offer(packet, facts, ReplyContent.of(self, "warm-up"))));
        Offered.decode(
                ByteBuffer.wrap(new Offered(facts.xid(), facts.stage(), 0, 0, self, new UUID(0, 0), 0).encode()));
    }

    private static DhcpPacket discover(int architecture) {
        return new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                0,
                0,
                0,
                DhcpPacket.BROADCAST_FLAG,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Arrays.copyOf(new byte[] {2}, DhcpPacket.CHADDR_LENGTH),
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                DhcpOptions.builder()
                        .put(MessageType.DISCOVER)
                        .put(OptionCode.VENDOR_CLASS, ClientInspector.PXE_CLIENT)
                        .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, (byte) architecture})
                        .build());
    }
}

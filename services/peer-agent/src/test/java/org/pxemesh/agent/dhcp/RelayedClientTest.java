package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.boot.Plans;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpOptions;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/** Q71: a relay speaks for the client, and was told of this peer alone, which is the second of two in its rank. */
class RelayedClientTest {
    private static final Ipv4Address RELAY = Ipv4Address.parse("198.51.100.1");
    private static final byte[] CIRCUIT = {1, 4, 'u', 'p', '0', '7'};

    @TempDir
    private Path tree;

    private record Sent(byte[] datagram, Ipv4Address to, int port) {}

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Queue<Sent> out = new ArrayDeque<>();
    private ProxyDhcp dhcp;
    private String client;

    @BeforeEach
    void start() throws IOException {
        var fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11", "192.0.2.12");
        clock.freezeTime();
        var responder = new Responder(fixture.desk(), clock.eventLoop(), fixture.metrics(), (datagram, to, port) -> {});
        dhcp = new ProxyDhcp(
                67, fixture.metrics(), responder, (datagram, to, port) -> out.add(new Sent(datagram, to, port)));
        var last = 0;
        while (fixture.desk()
                        .turn(HardwareAddress.parse(mac(last)), Plans.linux())
                        .rank()
                != 1) {
            last++;
        }
        client = mac(last);
    }

    private static String mac(int last) {
        return "52:54:00:00:00:%02x".formatted(last);
    }

    @Test
    void Q71_shouldAnswerARelayAtItsServerPortAtOnceWithTheClientsOption82() {
        // When
        receive(RELAY, 1);

        // Then the peer before it in rank, which has heard nothing, is not waited for
        var sent = out.remove();
        assertThat(sent.to()).isEqualTo(RELAY);
        assertThat(sent.port()).isEqualTo(67);
        var offer = decoded(sent);
        assertThat(offer.giaddr()).isEqualTo(RELAY);
        assertThat(offer.siaddr()).hasToString("192.0.2.11");
        assertThat(offer.options().raw(OptionCode.RELAY_AGENT)).contains(CIRCUIT);

        // and so is every further attempt
        receive(RELAY, 2);
        assertThat(nothing()).isFalse();
    }

    @Test
    void Q71_shouldKeepItsTurnWhereTheClientWasHeardToo() {
        // Given
        receive(Ipv4Address.NONE, 1);

        // When the segment's router forwards what this peer has heard itself
        receive(RELAY, 1);

        // Then
        assertThat(nothing()).isTrue();
        clock.advanceTimeBy(60, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
        var sent = out.remove();
        assertThat(sent.to()).isEqualTo(Ipv4Address.BROADCAST);
        assertThat(sent.port()).isEqualTo(68);
        assertThat(nothing()).isTrue();
    }

    private boolean nothing() {
        return out.poll() == null;
    }

    private void receive(Ipv4Address giaddr, int xid) {
        var options = DhcpOptions.builder()
                .put(MessageType.DISCOVER)
                .put(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007")
                .put(OptionCode.CLIENT_ARCHITECTURE, new byte[] {0, 7});
        if (!giaddr.isNone()) {
            options.put(OptionCode.RELAY_AGENT, CIRCUIT);
        }
        var packet = new DhcpPacket(
                DhcpPacket.BOOTREQUEST,
                1,
                6,
                giaddr.isNone() ? 0 : 1,
                xid,
                0,
                0,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                Ipv4Address.NONE,
                giaddr,
                Arrays.copyOf(HexFormat.ofDelimiter(":").parseHex(client), DhcpPacket.CHADDR_LENGTH),
                new byte[DhcpPacket.SNAME_LENGTH],
                new byte[DhcpPacket.FILE_LENGTH],
                options.build());
        // Relays send from any of their interfaces.
        var from = giaddr.isNone() ? Ipv4Address.NONE : Ipv4Address.parse("192.0.2.1");
        dhcp.received(DhcpCodec.encode(packet), from, giaddr.isNone() ? 68 : 67);
    }

    private static DhcpPacket decoded(Sent sent) {
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(sent.datagram()))).value();
    }
}

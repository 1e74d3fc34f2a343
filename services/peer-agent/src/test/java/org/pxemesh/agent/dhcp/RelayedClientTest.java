package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    private EmbeddedChannel dhcp;
    private String client;

    @BeforeEach
    void start() throws IOException {
        var fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11", "192.0.2.12");
        dhcp = new EmbeddedChannel();
        dhcp.freezeTime();
        dhcp.pipeline()
                .addLast(new ProxyDhcp(
                        67, fixture.metrics(), new Responder(fixture.desk(), dhcp.eventLoop(), fixture.metrics())));
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
        DatagramPacket sent = dhcp.readOutbound();
        assertThat(sent.recipient()).isEqualTo(new InetSocketAddress("198.51.100.1", 67));
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
        dhcp.advanceTimeBy(60, TimeUnit.MILLISECONDS);
        dhcp.runScheduledPendingTasks();
        DatagramPacket sent = dhcp.readOutbound();
        assertThat(sent.recipient()).isEqualTo(new InetSocketAddress("255.255.255.255", 68));
        assertThat(nothing()).isTrue();
    }

    private boolean nothing() {
        @Nullable Object sent = dhcp.readOutbound();
        return sent == null;
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
        dhcp.writeInbound(new DatagramPacket(
                Unpooled.wrappedBuffer(DhcpCodec.encode(packet)),
                new InetSocketAddress("192.0.2.11", 67),
                giaddr.isNone()
                        ? new InetSocketAddress("0.0.0.0", 68)
                        // Relays send from any of their interfaces.
                        : new InetSocketAddress("192.0.2.1", 67)));
    }

    private static DhcpPacket decoded(DatagramPacket sent) {
        var bytes = new byte[sent.content().readableBytes()];
        sent.content().getBytes(0, bytes);
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(bytes))).value();
    }
}

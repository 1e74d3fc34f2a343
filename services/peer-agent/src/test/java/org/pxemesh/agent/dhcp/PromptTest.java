package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.agent.dhcp.Heard.discover;
import static org.pxemesh.agent.dhcp.Heard.httpDiscover;
import static org.pxemesh.agent.dhcp.Heard.ipxeDiscover;
import static org.pxemesh.agent.dhcp.Heard.menuRequest;
import static org.pxemesh.agent.dhcp.Heard.request;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.FirmwareObserved;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;

/** A peer whose deployment asks first, with a program that cannot. */
class PromptTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final InetSocketAddress NOBODY = new InetSocketAddress("0.0.0.0", 68);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.50", 4011);
    private static final int ENTRY = 0x8000;

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private final Socket dhcp = new Socket();
    private final Socket bootServer = new Socket();

    /** What came out of a socket, and who takes what comes in. */
    private static final class Socket implements Wire {
        private final Queue<byte[]> out = new ArrayDeque<>();
        private Datagrams taker = (datagram, source, port) -> {};

        @Override
        public void send(byte[] datagram, Ipv4Address to, int port) {
            out.add(datagram);
        }
    }

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.asking(tree, "192.0.2.11", "192.0.2.11");
        Responder responder =
                new Responder(fixture.desk(), new EmbeddedChannel().eventLoop(), fixture.metrics(), new Socket());
        dhcp.taker = new ProxyDhcp(67, fixture.metrics(), responder, dhcp);
        bootServer.taker = new ProxyDhcp(4011, fixture.metrics(), responder, bootServer);
    }

    @Test
    void shouldShowFirmwareAMenuAndNoBootFile() {
        receive(dhcp, discover(MAC, 7, 1), NOBODY);

        DhcpPacket offer = sent(dhcp);
        assertThat(offer.fileName()).isEmpty();
        assertThat(offer.siaddr()).hasToString("192.0.2.11");
        String vendor = HexFormat.of()
                .formatHex(offer.options().raw(OptionCode.VENDOR_SPECIFIC).orElseThrow());
        assertThat(vendor)
                .as("discovery control, this peer, the disk before the package")
                .startsWith("060107" + "0807" + "800001c000020b" + "0924" + "000013");
        assertThat(fixture.events(BootOffered.class))
                .singleElement()
                .satisfies(event -> assertThat(event.replyForm()).isEqualTo("prompt"));
    }

    @Test
    void Q34_shouldTakeTheEntryForAYesAndNothingElse() {
        receive(dhcp, discover(MAC, 7, 1), NOBODY);
        sent(dhcp);

        receive(bootServer, request(MAC, 7, 2), CLIENT);
        receive(bootServer, menuRequest(MAC, 7, 3, 0), CLIENT);
        receive(bootServer, menuRequest(MAC, 7, 4, ENTRY + 1), CLIENT);
        assertThat(bootServer.out).as("an answer to no yes").isEmpty();

        receive(bootServer, menuRequest(MAC, 7, 5, ENTRY), CLIENT);
        DhcpPacket ack = sent(bootServer);
        assertThat(ack.messageType()).isEqualTo(MessageType.ACK);
        assertThat(ack.fileName()).isEqualTo("tool.efi");
        assertThat(ack.options().raw(OptionCode.VENDOR_SPECIFIC))
                .contains(new byte[] {71, 4, (byte) 0x80, 0, 0, 0, (byte) 255});
    }

    @Test
    void shouldTeachNothingOfFormsByAMenu() {
        receive(dhcp, discover(MAC, 7, 1), NOBODY);
        receive(bootServer, menuRequest(MAC, 7, 2, ENTRY), CLIENT);

        assertThat(fixture.events(FirmwareObserved.class)).isEmpty();
    }

    @Test
    void Q63_shouldAskByAScriptWhereIpxeRuns() {
        receive(dhcp, ipxeDiscover(MAC, 7, 1), NOBODY);

        DhcpPacket offer = sent(dhcp);
        assertThat(offer.fileName()).endsWith("/boot.ipxe");
        assertThat(offer.options().raw(OptionCode.VENDOR_SPECIFIC)).contains(new byte[] {6, 1, 8, (byte) 255});
        BootSession session = fixture.desk().sessions().byMac(MAC).orElseThrow();
        assertThat(fixture.desk().file(session, "boot.ipxe"))
                .containsInstanceOf(ServedFile.Made.class)
                .hasValueSatisfying(file -> assertThat(text(file))
                        .contains("Press p to boot tool@1 || goto poll")
                        .contains("kernel --timeout 15000 --name program ${base}/tool.efi || goto ${next}")
                        .contains("boot program || goto local"));
    }

    @Test
    void shouldStaySilentToFirmwareWithoutAMenu() {
        receive(dhcp, httpDiscover(MAC, 16, 1), NOBODY);

        assertThat(dhcp.out).isEmpty();
        assertThat(fixture.events(BootIgnored.class))
                .singleElement()
                .satisfies(event -> assertThat(event.reasons()).containsExactly("NO_PROMPT_LOADER"));
    }

    private static String text(ServedFile file) {
        return new String(((ServedFile.Made) file).content(), StandardCharsets.US_ASCII);
    }

    private static void receive(Socket socket, byte[] datagram, InetSocketAddress from) {
        socket.taker.received(datagram, Ipv4Address.of((Inet4Address) from.getAddress()), from.getPort());
    }

    private static DhcpPacket sent(Socket socket) {
        byte[] datagram = socket.out.poll();
        assertThat(datagram).as("an answer").isNotNull();
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(datagram))).value();
    }
}

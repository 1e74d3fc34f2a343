package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.agent.dhcp.FakeSocket.packet;
import static org.pxemesh.agent.dhcp.FakeSocket.receive;
import static org.pxemesh.agent.dhcp.Heard.discover;
import static org.pxemesh.agent.dhcp.Heard.ipxeDiscover;
import static org.pxemesh.agent.dhcp.Heard.ipxeRequest;
import static org.pxemesh.agent.dhcp.Heard.request;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.dhcp.FakeSocket.Sent;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.dhcp.MessageType;
import org.pxemesh.netboot.dhcp.OptionCode;
import org.pxemesh.netboot.watch.Finding;
import org.pxemesh.netboot.watch.Trouble;

/** An iPXE beside a foreign boot server that made the first offer and is silent at port 4011. */
class StandInTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final InetSocketAddress NOBODY = new InetSocketAddress("0.0.0.0", 68);
    private static final Ipv4Address SILENT = Ipv4Address.parse("192.0.2.7");
    private static final byte[] FEATURES = {(byte) 177, 1, 1};

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FakeSocket dhcp = new FakeSocket();
    private final FakeSocket bootServer = new FakeSocket();

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11");
        clock.freezeTime();
        var responder = new Responder(
                fixture.desk(), clock.eventLoop(), fixture.metrics(), new FakeSocket(), bootServer, Duration.ZERO);
        dhcp.taker = new ProxyDhcp(67, fixture.metrics(), responder, dhcp);
        finds(Trouble.DEAD_BOOT_SERVER);
    }

    private void finds(Trouble trouble) {
        fixture.desk().segment().watch().found("lo", List.of(new Finding(trouble, SILENT, "")));
    }

    @Test
    void shouldAnswerInTheSilentServersPlaceUntilTheMachineFetches() {
        // Given
        receive(dhcp, ipxeDiscover(MAC, 0, 1, FEATURES), NOBODY);
        receive(dhcp, ipxeRequest(MAC, 0, 1, FEATURES), NOBODY);
        after(249);
        assertThat(bootServer.out)
                .as("before a server that lives has had its turn")
                .isEmpty();

        // When
        after(1);

        // Then what iPXE looks at is as it wants it: transaction, port, the name of whom it asked, and who serves
        Sent sent = bootServer.out.remove();
        assertThat(sent.to()).hasToString("192.0.2.50");
        assertThat(sent.port()).isEqualTo(68);
        DhcpPacket ack = packet(sent);
        assertThat(ack.messageType()).isEqualTo(MessageType.ACK);
        assertThat(ack.xid()).isEqualTo(1);
        assertThat(ack.options().address(OptionCode.SERVER_ID)).contains(SILENT);
        assertThat(ack.options().text(OptionCode.VENDOR_CLASS)).contains("PXEClient");
        assertThat(ack.siaddr()).hasToString("192.0.2.11");
        assertThat(ack.fileName()).isEqualTo("pxelinux.0");

        // When it does not hear that
        after(500);
        assertThat(bootServer.out).hasSize(1);
        bootServer.out.clear();

        // When it goes on
        BootSession session = fixture.desk().sessions().byMac(MAC).orElseThrow();
        fixture.desk().reporter().served(session, Served.overHttp("boot.ipxe", 100, 0.1), 1);
        after(5_000);
        assertThat(bootServer.out).as("for a machine that has its answer").isEmpty();
    }

    @Test
    void shouldGiveUpWithTheMachine() {
        receive(dhcp, ipxeDiscover(MAC, 0, 1, FEATURES), NOBODY);
        receive(dhcp, ipxeRequest(MAC, 0, 1, FEATURES), NOBODY);
        receive(dhcp, ipxeRequest(MAC, 0, 1, FEATURES), NOBODY);

        after(60_000);

        assertThat(bootServer.out).hasSize(StandIn.AFTER_MILLIS.size());
    }

    @Test
    void shouldSpeakForNobodyWhoWasNotFoundSilent() {
        finds(Trouble.FOREIGN_PROXY);
        receive(dhcp, ipxeDiscover(MAC, 0, 1, FEATURES), NOBODY);
        receive(dhcp, ipxeRequest(MAC, 0, 1, FEATURES), NOBODY);

        after(60_000);

        assertThat(bootServer.out).isEmpty();
    }

    /** EDK2 asks one boot server after the other, and comes to this peer by itself. */
    @Test
    void shouldLeaveOtherFirmwareAlone() {
        receive(dhcp, discover(MAC, 7, 1), NOBODY);
        receive(dhcp, request(MAC, 7, 1), NOBODY);

        after(60_000);

        assertThat(bootServer.out).isEmpty();
    }

    @Test
    void shouldSpeakOnlyWhereItMadeAnOfferInThisTransaction() {
        receive(dhcp, ipxeRequest(MAC, 0, 1, FEATURES), NOBODY);
        receive(dhcp, ipxeDiscover(MAC, 0, 2, FEATURES), NOBODY);
        receive(dhcp, ipxeRequest(MAC, 0, 3, FEATURES), NOBODY);

        after(60_000);

        assertThat(bootServer.out).isEmpty();
    }

    private void after(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }
}

package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pxemesh.agent.dhcp.FakeSocket.packet;
import static org.pxemesh.agent.dhcp.FakeSocket.receive;
import static org.pxemesh.agent.dhcp.Heard.discover;
import static org.pxemesh.agent.dhcp.Heard.ipxeDiscover;
import static org.pxemesh.agent.dhcp.Heard.ipxeRequest;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.boot.ServedFile;
import org.pxemesh.netboot.dhcp.DhcpPacket;

/** A network card's own iPXE, and a package that boots BIOS machines by PXELINUX and UEFI machines by iPXE. */
class IpxeRomTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final InetSocketAddress NOBODY = new InetSocketAddress("0.0.0.0", 68);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.50", 68);
    private static final byte[] NO_FEATURES = {(byte) 177, 1, 1};
    private static final byte[] HTTP = {19, 1, 1};
    private static final byte[] HTTP_AND_LINUX = {19, 1, 1, 24, 1, 1};

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private final FakeSocket dhcp = new FakeSocket();
    private final FakeSocket bootServer = new FakeSocket();

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.over(tree, new byte[10], "192.0.2.11", "192.0.2.11");
        Responder responder =
                new Responder(fixture.desk(), new EmbeddedChannel().eventLoop(), fixture.metrics(), new FakeSocket());
        dhcp.taker = new ProxyDhcp(67, fixture.metrics(), responder, dhcp);
        bootServer.taker = new ProxyDhcp(4011, fixture.metrics(), responder, bootServer);
    }

    @Test
    void Q61_shouldGetItsScriptWhenItLoadsLinuxOverHttpItself() {
        receive(dhcp, ipxeDiscover(MAC, 0, 1, HTTP_AND_LINUX), NOBODY);

        DhcpPacket offer = sent(dhcp);
        BootSession session = fixture.desk().sessions().byMac(MAC).orElseThrow();
        assertThat(offer.fileName()).isEqualTo("http://192.0.2.11:8069/boot/" + session.token() + "/boot.ipxe");
        assertThat(fixture.desk().file(session, "boot.ipxe"))
                .get()
                .isInstanceOfSatisfying(
                        ServedFile.Made.class,
                        made -> assertThat(new String(made.content(), StandardCharsets.UTF_8))
                                .contains("${base}/amd64/linux", "boot kernel"));
    }

    @Test
    void shouldGetItsScriptAtTheBootServersPortToo() {
        receive(bootServer, ipxeRequest(MAC, 0, 1, HTTP_AND_LINUX), CLIENT);

        assertThat(sent(bootServer).fileName()).startsWith("http://").endsWith("/boot.ipxe");
    }

    @Test
    void shouldGetThePackagesLoaderWhenItDoesNotSaySo() {
        byte[][] all = {NO_FEATURES, HTTP};
        for (int i = 0; i < all.length; i++) {
            receive(dhcp, ipxeDiscover(MAC, 0, 1 + i, all[i]), NOBODY);

            assertThat(sent(dhcp).fileName()).isEqualTo("pxelinux.0");
        }
    }

    /** UEFI's Secure Boot asks whoever loads the kernel; the way there is the package's. */
    @Test
    void shouldChangeNothingForOtherFirmware() {
        receive(dhcp, discover(MAC, 0, 1), NOBODY);
        assertThat(sent(dhcp).fileName()).isEqualTo("pxelinux.0");

        // The package's own iPXE has its script in either case: never the binary again.
        receive(dhcp, ipxeDiscover(MAC, 7, 2, HTTP_AND_LINUX), NOBODY);
        assertThat(sent(dhcp).fileName()).endsWith("/boot.ipxe");
        receive(dhcp, ipxeDiscover(MAC, 7, 3, NO_FEATURES), NOBODY);
        assertThat(sent(dhcp).fileName()).endsWith("/boot.ipxe");
    }

    private static DhcpPacket sent(FakeSocket socket) {
        FakeSocket.Sent sent = socket.out.poll();
        assertThat(sent).as("an answer").isNotNull();
        return packet(sent);
    }
}

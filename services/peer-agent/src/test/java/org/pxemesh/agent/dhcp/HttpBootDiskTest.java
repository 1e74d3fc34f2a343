package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.agent.boot.Plans;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.netboot.Decoded;
import org.pxemesh.netboot.dhcp.DhcpCodec;
import org.pxemesh.netboot.dhcp.DhcpPacket;
import org.pxemesh.netboot.dhcp.HardwareAddress;

/** UEFI HTTP Boot of a tree with shim and GRUB: whose disk a machine is given, and when none. */
class HttpBootDiskTest {

    private static final int HTTP_X64 = 16;

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private EmbeddedChannel dhcp;
    private String mine;

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.overShim(tree, "192.0.2.11", "192.0.2.11", "192.0.2.12");
        dhcp = new EmbeddedChannel();
        dhcp.freezeTime();
        Responder responder = new Responder(fixture.desk(), dhcp.eventLoop(), fixture.metrics());
        dhcp.pipeline().addLast(new ProxyDhcp(67, fixture.metrics(), responder));
        mine = clientOfRankZero();
    }

    private String clientOfRankZero() {
        for (int i = 0; ; i++) {
            String mac = "52:54:00:00:00:%02x".formatted(i);
            if (fixture.desk().turn(HardwareAddress.parse(mac), Plans.linux()).rank() == 0
                    && fixture.desk().reporterTurn(HardwareAddress.parse(mac)).isFirst(0)) {
                return mac;
            }
        }
    }

    @Test
    void shouldGiveItsOwnDiskWhereItHoldsThePackage() {
        discovers(1);

        assertThat(file()).startsWith("http://192.0.2.11:8069/boot/").endsWith("/boot.img");
    }

    @Test
    void shouldPointAtAHoldersDiskWhereItDoesNot() {
        // Given
        fixture.holdsNothing();

        // When
        discovers(1);
        dhcp.advanceTimeBy(60, TimeUnit.MILLISECONDS);
        dhcp.runScheduledPendingTasks();

        // Then
        assertThat(file()).startsWith("http://192.0.2.12:8069/boot/").endsWith("/boot.img");
    }

    @Test
    void shouldGiveNothingWhileThePackageArrivesSinceShimAloneEndsAtAPrompt() {
        // Given
        fixture.isArriving();

        // When
        discovers(1);
        dhcp.advanceTimeBy(2, TimeUnit.SECONDS);
        dhcp.runScheduledPendingTasks();

        // Then
        @Nullable Object sent = dhcp.readOutbound();
        assertThat(sent).isNull();
        assertThat(fixture.events(BootIgnored.class))
                .singleElement()
                .extracting(event -> event.reasons().toString())
                .asString()
                .contains("PACKAGE_ARRIVING");
    }

    private void discovers(int xid) {
        dhcp.writeInbound(new DatagramPacket(
                Unpooled.wrappedBuffer(Heard.httpDiscover(mine, HTTP_X64, xid)),
                new InetSocketAddress("192.0.2.11", 67),
                new InetSocketAddress("0.0.0.0", 68)));
    }

    private String file() {
        DatagramPacket sent = dhcp.readOutbound();
        assertThat(sent).isNotNull();
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(sent.content().nioBuffer()))
                .value()
                .fileName();
    }
}

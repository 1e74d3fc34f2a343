package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
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
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** UEFI HTTP Boot of a tree with shim and GRUB: whose disk a machine is given, and when none. */
class HttpBootDiskTest {

    private static final int HTTP_X64 = 16;

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Queue<byte[]> sent = new ArrayDeque<>();
    private ProxyDhcp dhcp;
    private Responder responder;
    private String mine;

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.overShim(tree, "192.0.2.11", "192.0.2.11", "192.0.2.12");
        clock.freezeTime();
        responder = new Responder(fixture.desk(), clock.eventLoop(), fixture.metrics(), (datagram, to, port) -> {});
        dhcp = new ProxyDhcp(67, fixture.metrics(), responder, (datagram, to, port) -> sent.add(datagram));
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
        clock.advanceTimeBy(60, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();

        // Then
        assertThat(file()).startsWith("http://192.0.2.12:8069/boot/").endsWith("/boot.img");
    }

    @Test
    void shouldGiveNothingWhileThePackageArrivesSinceShimAloneEndsAtAPrompt() {
        // Given
        fixture.isArriving();

        // When
        discovers(1);
        clock.advanceTimeBy(2, TimeUnit.SECONDS);
        clock.runScheduledPendingTasks();

        // Then
        assertThat(sent).isEmpty();
        assertThat(fixture.events(BootIgnored.class))
                .singleElement()
                .extracting(event -> event.reasons().toString())
                .asString()
                .contains("PACKAGE_ARRIVING");
    }

    private void discovers(int xid) {
        dhcp.received(Heard.httpDiscover(mine, HTTP_X64, xid), Ipv4Address.NONE, 68);
        responder.offeredPort().flush();
    }

    private String file() {
        assertThat(sent).hasSize(1);
        return ((Decoded.Ok<DhcpPacket>) DhcpCodec.decode(ByteBuffer.wrap(sent.remove())))
                .value()
                .fileName();
    }
}

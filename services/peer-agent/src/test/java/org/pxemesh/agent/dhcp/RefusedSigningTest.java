package org.pxemesh.agent.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.agent.boot.BootSession;
import org.pxemesh.agent.boot.DeskFixture;
import org.pxemesh.netboot.dhcp.Ipv4Address;

/** Machines with Secure Boot on, whose firmware trusts one of Microsoft's two authorities, and a package that has both. */
class RefusedSigningTest {

    private static final int UEFI = 7;
    private static final String MAC = "52:54:00:00:00:01";
    private static final String OTHER = "52:54:00:00:00:02";
    private static final String OF_2011 = "CA2011/bootmgfw.efi";
    private static final String OF_2023 = "CA2023/bootmgfw.efi";

    @TempDir
    private Path tree;

    private DeskFixture fixture;
    private ProxyDhcp dhcp;
    private int xid;

    @BeforeEach
    void start() throws IOException {
        fixture = DeskFixture.overTwoSignings(tree, "192.0.2.11");
        Responder responder = new Responder(
                fixture.desk(), new EmbeddedChannel().eventLoop(), fixture.metrics(), (datagram, to, port) -> {});
        dhcp = new ProxyDhcp(67, fixture.metrics(), responder, (datagram, to, port) -> {});
    }

    @Test
    void Q111_shouldGiveTheOtherSigningWhenTheFirstWasFetchedAndNothingAfterIt() {
        fetches(discovers(MAC), OF_2011, true);

        assertThat(discovers(MAC).plan().nbp()).isEqualTo(OF_2023);
        assertThat(discovers(OTHER).plan().nbp()).as("another machine's").isEqualTo(OF_2011);
    }

    @Test
    void Q111_shouldComeBackToTheFirstWhenTheOtherIsRefusedToo() {
        fetches(discovers(MAC), OF_2011, true);
        fetches(discovers(MAC), OF_2023, true);

        assertThat(discovers(MAC).plan().nbp()).isEqualTo(OF_2011);
    }

    @Test
    void shouldStayWithTheSigningThatAMachineStarted() {
        // Given a machine that refuses the first and starts the second
        fetches(discovers(MAC), OF_2011, true);
        BootSession second = discovers(MAC);
        fetches(second, OF_2023, true);
        fetches(second, "boot.sdi", true);
        fetches(second, "boot.wim", true);

        // When / Then
        assertThat(discovers(MAC).plan().nbp()).isEqualTo(OF_2023);
    }

    @Test
    void shouldNotTakeAnEndedTransferForARefusal() {
        fetches(discovers(MAC), OF_2011, false);

        assertThat(discovers(MAC).plan().nbp()).isEqualTo(OF_2011);
    }

    @Test
    void shouldNotTakeAMachineThatWentOnForARefusal() {
        BootSession session = discovers(MAC);
        fetches(session, OF_2011, true);
        fetches(session, "Boot/BCD", false);

        assertThat(discovers(MAC).plan().nbp()).isEqualTo(OF_2011);
    }

    private BootSession discovers(String mac) {
        dhcp.received(Heard.discover(mac, UEFI, ++xid), Ipv4Address.NONE, 68);
        return fixture.desk().sessions().byMac(mac).orElseThrow();
    }

    private void fetches(BootSession session, String path, boolean whole) {
        fixture.desk().reporter().served(session, new Served("tftp", path, 10, 0.1, 1456, 1, 0, whole), xid);
    }
}

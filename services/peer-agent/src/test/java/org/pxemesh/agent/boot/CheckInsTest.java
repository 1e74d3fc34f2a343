package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.boot.BootReporter.Served;
import org.pxemesh.events.BcdSource;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootSigning;
import org.pxemesh.events.CheckIn;
import org.pxemesh.events.PackageKind;
import org.pxemesh.events.WindowsBoot;
import org.pxemesh.events.WindowsDelivery;
import org.pxemesh.netboot.dhcp.HardwareAddress;
import org.pxemesh.netboot.dhcp.Ipv4Address;
import org.pxemesh.netboot.pxe.WindowsPeStarted;
import org.pxemesh.policy.BootPlan;
import org.pxemesh.policy.ClientArchitecture;
import org.pxemesh.policy.LoaderKind;
import org.pxemesh.policy.WindowsPlan;

class CheckInsTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.50");
    private static final CheckIn EVIDENCE = new CheckIn("192.0.2.50", "/checkin", "curl");

    @TempDir
    private Path tree;

    private DeskFixture peer;

    @BeforeEach
    void start() throws Exception {
        peer = DeskFixture.over(tree, new byte[10], "127.0.0.1", "127.0.0.1");
    }

    private BootSession begin(BootPlan plan) {
        BootSession boot = peer.desk().sessions().discovered(MAC, 9, plan, false, 0);
        peer.desk().sessions().learn(MAC, ADDRESS);
        return boot;
    }

    @Test
    void shouldTakeTheWordOfASystemThatNamesItsBoot() {
        BootSession boot = begin(Plans.linux());

        assertThat(peer.desk().checkIns().byToken(boot.token(), EVIDENCE, Ipv4Address.NONE, 61_000))
                .isTrue();
        assertThat(peer.events(BootCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.boot().bootId()).isEqualTo(boot.bootId());
            assertThat(event.seconds()).isEqualTo(61.0);
        });
    }

    @Test
    void shouldTakeItAlsoAfterThePeerWasStartedAnew() throws Exception {
        BootSession boot = begin(Plans.linux());
        DeskFixture anew = DeskFixture.over(tree, new byte[10], "127.0.0.1", "127.0.0.1");
        BootToken token = BootToken.parse(boot.token().toString()).orElseThrow();

        // When the machine's address is known, from its neighbour entry or its DHCP packets
        assertThat(anew.desk().checkIns().byToken(token, EVIDENCE, ADDRESS, 0)).isFalse();
        anew.desk().sessions().learn(MAC, ADDRESS);
        assertThat(anew.desk().checkIns().byToken(token, EVIDENCE, ADDRESS, 0)).isTrue();
        assertThat(anew.desk().checkIns().byToken(token, EVIDENCE, ADDRESS, 1)).isTrue();

        // Then it is told once, under the same id
        assertThat(anew.events(BootCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.boot().bootId()).isEqualTo(boot.bootId());
            assertThat(event.boot().mac()).isEqualTo(MAC);
            assertThat(event.seconds()).isZero();
        });
    }

    @Test
    void shouldTakeItWhenANeighbourHasToldOfTheBoot() {
        UUID theirs = new UUID(0, 42);
        peer.desk().sessions().heardOf(MAC, theirs, 3, 0);
        peer.desk().sessions().learn(MAC, ADDRESS);

        assertThat(peer.desk().checkIns().byToken(new BootToken(theirs, null), EVIDENCE, ADDRESS, 0))
                .isTrue();
        assertThat(peer.events(BootCompleted.class)).hasSize(1);
    }

    @Test
    void shouldNotTakeTheWordOfAnotherMachine() throws Exception {
        BootSession boot = begin(Plans.linux());
        DeskFixture anew = DeskFixture.over(tree, new byte[10], "127.0.0.1", "127.0.0.1");
        anew.desk().sessions().learn("52:54:00:00:00:02", ADDRESS);

        assertThat(anew.desk().checkIns().byToken(boot.token(), EVIDENCE, ADDRESS, 0))
                .isFalse();
        assertThat(anew.events()).isEmpty();
    }

    @Test
    void shouldKnowASystemThatNamesNoBootByItsAddress() {
        begin(Plans.linux());

        assertThat(peer.desk().checkIns().byAddress(EVIDENCE, Ipv4Address.parse("192.0.2.51"), 1))
                .isFalse();
        assertThat(peer.desk().checkIns().byAddress(EVIDENCE, ADDRESS, 1)).isTrue();
        assertThat(peer.events(BootCompleted.class)).hasSize(1);
    }

    @Test
    void shouldTakeTheFetchingOfAFileForACheckIn() {
        BootSession boot = begin(windows());
        ServedFile word = peer.desk().file(boot, "\\PXEMesh\\CheckIn").orElseThrow();

        peer.desk().reporter().served(boot, new Served("tftp", word.path(), word.size(), 0.1, 512, 1, 0, true), 2_000);

        assertThat(peer.events()).singleElement().isInstanceOfSatisfying(BootCompleted.class, event -> {
            assertThat(event.evidence()).isEqualTo(new CheckIn("192.0.2.50", "pxemesh/checkin", "tftp"));
        });
    }

    @Test
    void shouldTakeAWindowsPesOwnRequestForAnAddressForACheckIn() {
        BootSession boot = begin(windows());
        WindowsPeStarted started =
                new WindowsPeStarted(HardwareAddress.parse(MAC), Ipv4Address.parse("192.0.2.99"), "MININT-7G3K9PL");

        // When its image has not come from here yet, it started from elsewhere
        peer.desk().checkIns().windowsPe(started, 1_000);
        assertThat(peer.events()).isEmpty();
        peer.desk().sessions().served(boot, "boot.wim", 5, true, 30_000);
        peer.desk().checkIns().windowsPe(started, 45_000);
        peer.desk().checkIns().windowsPe(started, 46_000);

        assertThat(peer.events(BootCompleted.class)).singleElement().satisfies(event -> {
            assertThat(event.evidence()).isEqualTo(new CheckIn("192.0.2.99", "dhcp", "MSFT 5.0 MININT-7G3K9PL"));
            assertThat(event.seconds()).isEqualTo(45.0);
        });
        assertThat(peer.desk().sessions().macOf(Ipv4Address.parse("192.0.2.99")))
                .contains(MAC);
    }

    private static BootPlan windows() {
        WindowsBoot boot = new WindowsBoot(
                null,
                null,
                "bootmgr.exe",
                "boot.sdi",
                "boot.wim",
                null,
                null,
                BcdSource.GENERATED,
                List.of(),
                WindowsDelivery.TFTP,
                null,
                null,
                BootSigning.UNKNOWN,
                7601);
        return new BootPlan(
                new UUID(0, 1),
                null,
                "winpe@1",
                PackageKind.WINDOWS_PE,
                false,
                ClientArchitecture.BIOS,
                LoaderKind.WINDOWS,
                "pxeboot.n12",
                List.of(),
                null,
                null,
                List.of(),
                Set.of("pxeboot.n12", "boot.wim"),
                new WindowsPlan("pxeboot.n12", boot, 1456, 4),
                15,
                false);
    }
}

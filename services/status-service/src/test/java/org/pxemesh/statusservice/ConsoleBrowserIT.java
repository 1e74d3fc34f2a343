package org.pxemesh.statusservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.kafka.EmbeddedKafka;

/** The console in a real browser: it shows what happens without being asked again. */
class ConsoleBrowserIT {

    private final Branch munich = new Branch("Munich", 31, 3);
    private final Branch leeds = new Branch("Leeds", 32, 2);
    private EmbeddedKafka kafka;
    private Writers writers;
    private PolicyDesk desk;
    private StatusServer status;

    @BeforeEach
    void start(@TempDir Path temp) throws IOException {
        Optional<String> missing = Browser.missing();
        missing.ifPresent(reason -> System.out.println("SKIPPED ConsoleBrowserIT: " + reason));
        assumeTrue(missing.isEmpty(), missing.orElse(""));
        kafka = EmbeddedKafka.start(temp.resolve("kafka"));
        writers = new Writers(kafka.bootstrapServers(), StatusServer.keyFile(temp));
        desk = new PolicyDesk(writers, List.of(munich, leeds));
        status = StatusServer.start(
                kafka, temp, Map.of("pxemesh.status.policy-url", desk.address().toString()));
    }

    @AfterEach
    void stop() {
        if (status != null) {
            status.close();
            desk.close();
            writers.close();
            kafka.close();
        }
    }

    @Test
    void shouldUpdateByItself() {
        writers.hq(munich.siteChanged(), leeds.siteChanged(), Branch.packageBuilt());
        try (Browser browser = Browser.open(false)) {
            // Given: a page that would lose this mark if it were loaded again
            browser.go(status.address().toString());
            browser.await("#live", "Live");
            browser.await("#sites", "Munich");
            browser.run("window.mark = 'still here'");

            // When: a mesh forms
            new Day(writers).meshForms(munich, leeds);

            // Then
            browser.await(".peer:has(.chip)", munich.host(0));
            browser.await("#packages", "4 of 5 peers hold it");
            browser.await(".problems", "no WAN route");

            // When: a peer finds a DHCP server that claims to be a boot server, and a neighbour sees it too
            writers.agent(munich.peer(1), munich.surveyed(1, "10.31.0.1"));
            writers.agent(munich.peer(2), munich.surveyed(2, "10.31.0.1"));

            // Then: an administrator sees where, whose doing, what users see, and the cure
            browser.await(".finding", "PXE-E55");
            browser.await(".finding", "seen by 2 peers");
            browser.await(".finding .mono", "10.31.0.1");
            browser.await(".finding", "Cure: take option 60 out");
            browser.await("#overview", "In the way");
            browser.await("#activity", munich.host(1) + " found dhcp-claims-pxe 10.31.0.1");
            browser.picture(Path.of("target/console-findings.png"));

            // When: it is mended
            writers.agent(munich.peer(1), munich.surveyed(1));
            writers.agent(munich.peer(2), munich.surveyed(2));

            // Then: the page forgets it by itself
            browser.awaitNone(".finding");

            // When: somebody asks where a package is, and content arrives
            browser.await("#packages button", Branch.PACKAGE).click();
            browser.await(".spread", "Leeds");
            browser.await(".spread button", "Leeds").click();
            browser.await(".spread .spread", leeds.host(1));
            Instant now = Instant.now();
            writers.agent(leeds.peer(1), now, leeds.progressed(1, Branch.PACKAGE_BYTES * 50 / 100));
            writers.agent(
                    leeds.peer(1),
                    now.plusSeconds(2),
                    leeds.progressed(1, Branch.PACKAGE_BYTES * 71 / 100, Branch.PACKAGE_BYTES / 10));

            // Then
            browser.await(".spread .spread", "71 %");
            browser.await(".spread .spread [data-flows]", "bit/s");
            browser.await(".spread .spread .flow[title]", "disk ");
            browser.picture(Path.of("target/console-arrival.png"));

            // When: a machine boots, its timeline open
            Day day = new Day(writers);
            UUID boot = day.bootBegins(munich);
            browser.await(".boot", "loading").click();
            browser.await(".timeline", "Offered");
            day.bootEnds(munich, boot);

            // Then
            browser.await(".timeline", "checked in from 10.31.0.150");
            browser.await(".boot", "34 s");

            // When: the uplink is lost
            writers.agent(munich.peer(1), munich.left(0, false));
            writers.agent(munich.peer(1), munich.elected(1, 5));

            // Then
            browser.await(".peer .chip[data-tone=accent]", "uplink");
            browser.await(".peer[data-gone]", munich.host(0));
            browser.await("#activity", munich.host(1) + " is the uplink, term 5");

            // When: somebody presses the button
            browser.await(".policy button", "Enable").click();

            // Then
            browser.await(".policy", "Disable");
            browser.await("#activity", "enabled");
            assertThat(browser.run("return window.mark")).isEqualTo("still here");
            assertThat(browser.complaints()).isEmpty();
            day.othersBoot(munich, leeds);
            browser.await("#boot-list", "NO_DEPLOYMENT");
            browser.await(".boot [data-on]:last-child", "");
            browser.picture(Path.of("target/console-light.png"));
        }
        try (Browser browser = Browser.open(true)) {
            browser.go(status.address().toString());
            browser.await("#activity", munich.host(0) + " was lost");
            browser.await("#boot-list", "NO_DEPLOYMENT");
            browser.picture(Path.of("target/console-dark.png"));
            browser.resize(420, 1500);
            browser.picture(Path.of("target/console-narrow.png"));
        }
    }

    @Test
    void shouldSayWhatIsMissingOnAnEmptyHouse() {
        desk.close();
        try (Browser browser = Browser.open(false)) {
            browser.go(status.address().toString());
            browser.await("#live", "Live");
            browser.await("#boot-list", "No boots yet");
            browser.await("#packages", "No packages yet");
            browser.await("#policies", "policy-service at " + desk.address() + " cannot be reached");
            browser.picture(Path.of("target/console-empty.png"));
        }
    }

    /** What peers tell on an ordinary day. */
    private record Day(Writers writers) {

        private static final String MAC = "52:54:00:a1:07:42";

        void meshForms(Branch... branches) {
            for (Branch branch : branches) {
                int peers = branch == branches[0] ? 3 : 2;
                for (int i = 0; i < peers; i++) {
                    writers.agent(branch.peer(i), branch.joined(i));
                    boolean last = branch != branches[0] && i == peers - 1;
                    writers.agent(
                            branch.peer(i),
                            branch.reported(
                                    i,
                                    last ? List.of("no WAN route: HQ at 10.98.0.1:9094 does not answer") : List.of()));
                    writers.agent(branch.peer(i), branch.progressed(i, Branch.PACKAGE_BYTES * 46 / 100));
                    if (!last) {
                        writers.agent(branch.peer(i), branch.completed(i));
                    }
                }
                writers.agent(branch.peer(0), branch.elected(0, 4));
            }
        }

        UUID bootBegins(Branch branch) {
            UUID boot = UUID.randomUUID();
            Instant start = Instant.now().minusSeconds(34);
            tell(branch, 2, start, branch.requested(boot, 2, MAC, 7));
            tell(
                    branch,
                    2,
                    start.plusMillis(42),
                    branch.offered(boot, 2, MAC, "BINL", "debian-installer/amd64/snponly.efi"));
            tell(
                    branch,
                    2,
                    start.plusMillis(4700),
                    branch.served(boot, 2, MAC, "debian-installer/amd64/snponly.efi", 287_616, 0.31));
            tell(
                    branch,
                    2,
                    start.plusMillis(9100),
                    branch.served(boot, 2, MAC, "debian-installer/amd64/linux", 8_214_976, 1.2));
            return boot;
        }

        void bootEnds(Branch branch, UUID boot) {
            Instant start = Instant.now().minusSeconds(34);
            tell(
                    branch,
                    2,
                    start.plusMillis(16_900),
                    branch.served(boot, 2, MAC, "debian-installer/amd64/initrd.gz", 38_920_411, 6.4));
            tell(branch, 2, start.plusMillis(17_000), branch.delivered(boot, 2, MAC, 3, 47_423_003, 17.0));
            tell(branch, 2, start.plusMillis(34_000), branch.checkedIn(boot, 2, MAC, 34.0));
        }

        void othersBoot(Branch first, Branch second) {
            UUID bios = UUID.randomUUID();
            Instant now = Instant.now();
            tell(first, 1, now.minusSeconds(9), first.requested(bios, 1, "52:54:00:a1:07:5c", 0));
            tell(first, 1, now.minusSeconds(9), first.offered(bios, 1, "52:54:00:a1:07:5c", "PXE10", "pxelinux.0"));
            tell(first, 1, now.minusSeconds(7), first.served(bios, 1, "52:54:00:a1:07:5c", "pxelinux.0", 42_392, 0.1));
            UUID stranger = UUID.randomUUID();
            tell(second, 0, now.minusSeconds(3), second.requested(stranger, 0, "b8:27:eb:10:20:30", 0));
            tell(
                    second,
                    0,
                    now.minusSeconds(3),
                    second.ignored(stranger, 0, "b8:27:eb:10:20:30", 4, "UNKNOWN_COMPUTER", "NO_DEPLOYMENT"));
        }

        private void tell(Branch branch, int peer, Instant time, org.pxemesh.events.Event event) {
            writers.agent(branch.peer(peer), time, event);
        }
    }
}

package org.pxemesh.lab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.run.Traces;
import org.pxemesh.lab.site.DhcpServer;
import org.pxemesh.lab.site.Site;
import org.pxemesh.lab.site.Subnets;

/** The lab itself, with dnsmasq in our place: when this fails, the lab is broken and not our responder. */
class ReferenceLabIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private Traces traces;
    private Site site;
    private BootWeb web;

    @BeforeEach
    void makeSite() throws IOException {
        String runId = Traces.newRunId(Clock.systemUTC().instant());
        traces = Traces.open(folder.resolve("journals"), runId);
        site = Site.make(runId, Subnets.free(), folder.resolve("site"), traces);
        DhcpServer.DNSMASQ.startIn(site);
        Dnsmasq reference = new Dnsmasq(site);
        reference.prepare();
        web = BootWeb.start(site.subnets().hq(), reference.root());
        reference.start(web);
    }

    @AfterEach
    void removeSite() {
        web.close();
        traces.close();
    }

    @Test
    void shouldBootBiosAndUefiSideBySideFromAForeignResponder() {
        // When
        Machine bios = Machine.switchOn(site, "bios", Firmware.BIOS, "e1000", "52:54:00:00:00:01");
        Machine uefi = Machine.switchOn(site, "uefi", Firmware.UEFI, "virtio-net-pci", "52:54:00:00:00:02");

        // Then
        for (Machine machine : new Machine[] {bios, uefi}) {
            machine.awaitConsole("Linux version", PATIENCE);
            machine.awaitConsole("url=" + web.url() + "/checkin/reference/preseed.cfg", PATIENCE);
        }
        assertThat(bios.console()).contains("BOOT_IMAGE=debian-installer/amd64/linux");
        assertThat(uefi.console()).contains("NBP filename is snponly.efi", "EFI stub: Loaded initrd");
        bios.switchOff();
        uefi.switchOff();
    }
}

package org.pxemesh.lab.office;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.lab.client.Firmware;
import org.pxemesh.lab.client.Machine;
import org.pxemesh.lab.site.DhcpServer;

/** The whole slice with both of the agent's host codes, both kinds of firmware and both DHCP servers. */
class BootLabIT {

    @ParameterizedTest
    @CsvSource({"linux, BIOS, DNSMASQ", "portable, UEFI, KEA"})
    void shouldBootToTheOperatingSystemAlthoughAPeerDiesAtPowerOn(String host, Firmware firmware, DhcpServer dhcpServer)
            throws InterruptedException {
        // When
        ObjectNode result = Run.play("lab-it", new Office.Plan(3, dhcpServer, host), (office, json) -> {
            office.enable();
            double began = office.timeline().seconds();
            Machine machine = office.switchOn("client", firmware, "virtio-net-pci", Office.mac(1));
            office.kill(office.agents().getFirst());
            json.set("boot", office.awaitSystem(machine, "client", began).json());
        });

        // Then
        assertThat(result.path("ok").asBoolean())
                .as(() -> result.toPrettyString())
                .isTrue();
        assertThat(result.path("boot").path("stages").findValuesAsText("stage"))
                .containsSubsequence("BootRequested", "BootOffered", "FileServed", "BootDelivered", "BootCompleted");
    }
}

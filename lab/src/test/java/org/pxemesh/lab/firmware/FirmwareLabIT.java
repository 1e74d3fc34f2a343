package org.pxemesh.lab.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Quick rows of the matrix: a BIOS that boots, and firmware with Secure Boot, which boots what is signed and refuses what
 * nobody signed.
 */
class FirmwareLabIT {

    @Test
    void shouldReachTheProofOfQuickRows() throws InterruptedException {
        // When
        ObjectNode result = FirmwareMatrix.run(
                "lab-firmware-it",
                List.of(
                        Matrix.named("bios-ipxe"),
                        Matrix.named("secure-boot-unsigned"),
                        Matrix.named("secure-boot-http")));

        // Then
        assertThat(result.path("ok").asBoolean()).as(result.toPrettyString()).isTrue();
        assertThat(result.path("rows").path(1).path("importWarnings").toString())
                .contains("is not signed");
    }
}

package org.pxemesh.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    @ParameterizedTest
    @CsvSource({
        "0, BIOS, x86",
        "2, UEFI, ia64",
        "6, UEFI, x86",
        "7, UEFI, x64",
        "9, UEFI, x64",
        "10, UEFI, arm32",
        "11, UEFI, arm64",
        "15, UEFI_HTTP, x86",
        "16, UEFI_HTTP, x64",
        "18, UEFI_HTTP, arm32",
        "19, UEFI_HTTP, arm64",
        "27, UEFI, riscv64",
        "39, UEFI, loongarch64",
        "41, BOARD, arm64",
        "4711, UNKNOWN, unknown"
    })
    void Q7_shouldMapArchitecturesToFirmware(int code, FirmwareKind firmware, String cpu) {
        Architecture architecture = new Architecture(code);

        assertThat(architecture.firmware()).isEqualTo(firmware);
        assertThat(architecture.cpu()).isEqualTo(cpu);
    }
}

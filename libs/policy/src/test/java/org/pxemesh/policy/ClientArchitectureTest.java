package org.pxemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientArchitectureTest {

    /** Statement Q7: option 93 as firmware sends it. */
    @ParameterizedTest
    @CsvSource({
        "0, bios",
        "6, ia32-uefi",
        "7, x64-uefi",
        "9, x64-uefi",
        "16, x64-uefi",
        "11, aa64-uefi",
        "19, aa64-uefi",
        "10, arm-uefi",
        "27, riscv64-uefi",
        "39, loong64-uefi",
        "2, unknown",
        "65535, unknown"
    })
    void shouldReadOption93(int code, String label) {
        assertThat(ClientArchitecture.ofCode(code).label()).isEqualTo(label);
        assertThat(ClientArchitecture.ofLabel(label)).contains(ClientArchitecture.ofCode(code));
    }
}

package org.pxemesh.netboot.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PxeVendorOptionsTest {

    @Test
    void Q33_shouldHoldAtMost255OctetsInAll() {
        PxeVendorOptions full = new PxeVendorOptions().put(9, new byte[252]);

        assertThat(full.encode()).hasSize(255).endsWith(255);
        assertThatThrownBy(() -> full.put(6, (byte) 8).encode())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("option 43 holds up to 255 octets, not 258");
    }

    @Test
    void Q33_shouldRefuseASubOptionThatCannotBeRead() {
        assertThatThrownBy(() -> new PxeVendorOptions().put(9, new byte[254]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sub-option 9 of option 43 holds up to 253 octets, not 254");
    }

    @Test
    void Q33_shouldWriteThePromptsSecondsAsTheyAre() {
        assertThat(new PxeVendorOptions().prompt(0, "PXE").encode()).containsExactly(10, 4, 0, 'P', 'X', 'E', 255);
        assertThat(new PxeVendorOptions().prompt(255, "").encode()).containsExactly(10, 1, 255, 255);
    }
}

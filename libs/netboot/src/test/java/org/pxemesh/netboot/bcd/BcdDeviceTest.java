package org.pxemesh.netboot.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BcdDeviceTest {

    /** As in the store of a Windows 10 installation medium, byte for byte. */
    private static final String MEDIA_RAMDISK = "c8dc1976fefad911b411000476eba25f0000000001000000a000000000000000"
            + "03000000" + "00".repeat(20) + "0100000078000000050000000500000000000000" + "4800000000000000"
            + "00".repeat(56) + "5c0073006f00750072006300650073005c0062006f006f0074002e00770069006d000000";

    @Test
    void shouldEqualTheMediasOwnRamdisk() {
        byte[] device = BcdDevice.ramdisk("\\sources\\boot.wim", BcdGuid.RAMDISK_OPTIONS);

        assertThat(device).hasSize(176);
        assertThat(HexFormat.of().formatHex(device).replace("0".repeat(8), "."))
                .isEqualTo(MEDIA_RAMDISK.replace("0".repeat(8), "."));
        assertThat(HexFormat.of().formatHex(device)).isEqualTo(MEDIA_RAMDISK);
    }

    @Test
    void shouldNameTheBootDeviceIn88Bytes() {
        assertThat(HexFormat.of().formatHex(BcdDevice.boot()))
                .isEqualTo("00".repeat(16) + "0500000000000000" + "4800000000000000" + "00".repeat(56));
    }

    @Test
    void shouldRefuseAPathThatIsNone() {
        assertThatThrownBy(() -> BcdDevice.ramdisk("boot.wim", BcdGuid.RAMDISK_OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins with a backslash");
        assertThatThrownBy(() -> BcdDevice.ramdisk("\\" + "x".repeat(255), BcdGuid.RAMDISK_OPTIONS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package org.pxemesh.netboot.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RamdiskStoreTest {

    private static final String LOADER = "Objects\\{7619dcc9-fafe-11d9-b411-000476eba25f}\\";
    private static final String OPTIONS = "Objects\\{7619dcc8-fafe-11d9-b411-000476eba25f}\\";
    private static final String MANAGER = "Objects\\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\\";

    static RamdiskStore store(BcdFirmware firmware, int blockSize, int windowSize) {
        return new RamdiskStore(firmware, "winpe@1", "\\Boot\\boot.wim", "\\Boot\\boot.sdi", blockSize, windowSize);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameBytesEachTime(BcdFirmware firmware) {
        byte[] store = store(firmware, 1456, 4).toBytes();

        assertThat(store).isEqualTo(store(firmware, 1456, 4).toBytes()).hasSize(3 * 4096);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldToTheFormatAndSayHowToBoot(BcdFirmware firmware) {
        Map<String, byte[]> read = HiveReader.read(store(firmware, 1456, 4).toBytes());

        assertThat(hex(read, MANAGER + "Description\\Type")).isEqualTo("02001010");
        assertThat(hex(read, OPTIONS + "Description\\Type")).isEqualTo("00000030");
        assertThat(hex(read, LOADER + "Description\\Type")).isEqualTo("03002010");
        assertThat(text(read, MANAGER + "Elements\\23000003\\Element"))
                .isEqualTo("{7619dcc9-fafe-11d9-b411-000476eba25f}\0");
        assertThat(text(read, MANAGER + "Elements\\24000001\\Element"))
                .isEqualTo("{7619dcc9-fafe-11d9-b411-000476eba25f}\0\0");
        assertThat(text(read, OPTIONS + "Elements\\32000004\\Element")).isEqualTo("\\Boot\\boot.sdi\0");
        assertThat(read.get(OPTIONS + "Elements\\31000003\\Element")).isEqualTo(BcdDevice.boot());
        assertThat(hex(read, OPTIONS + "Elements\\35000007\\Element")).isEqualTo("b005000000000000");
        assertThat(hex(read, OPTIONS + "Elements\\35000008\\Element")).isEqualTo("0400000000000000");
        byte[] device = BcdDevice.ramdisk("\\Boot\\boot.wim", BcdGuid.RAMDISK_OPTIONS);
        assertThat(read.get(LOADER + "Elements\\11000001\\Element")).isEqualTo(device);
        assertThat(read.get(LOADER + "Elements\\21000001\\Element")).isEqualTo(device);
        assertThat(hex(read, LOADER + "Elements\\26000022\\Element")).isEqualTo("01");
    }

    @Test
    void shouldNameEachFirmwaresOwnLoader() {
        Map<String, byte[]> bios =
                HiveReader.read(store(BcdFirmware.BIOS, 1456, 4).toBytes());
        Map<String, byte[]> uefi =
                HiveReader.read(store(BcdFirmware.UEFI, 1456, 4).toBytes());

        assertThat(text(bios, LOADER + "Elements\\12000002\\Element"))
                .isEqualTo("\\windows\\system32\\boot\\winload.exe\0");
        assertThat(text(uefi, LOADER + "Elements\\12000002\\Element"))
                .isEqualTo("\\windows\\system32\\boot\\winload.efi\0");
        assertThat(uefi).containsKey(LOADER + "Elements\\16000060\\Element");
    }

    @Test
    void shouldStayWholeWhateverItHolds() {
        for (int length = 1; length <= 120; length++) {
            RamdiskStore store = new RamdiskStore(
                    BcdFirmware.BIOS, "d".repeat(length), "\\" + "w".repeat(2 * length), "\\s", 16_384, 64);

            assertThat(HiveReader.read(store.toBytes()).keySet())
                    .as("description of " + length)
                    .hasSize(22);
        }
    }

    @Test
    void shouldRefuseWhatNoLoaderUnderstands() {
        assertThatThrownBy(() -> store(BcdFirmware.BIOS, 511, 4)).hasMessageContaining("tftpBlockSize=511");
        assertThatThrownBy(() -> store(BcdFirmware.BIOS, 1456, 65)).hasMessageContaining("tftpWindowSize=65");
        assertThatThrownBy(() -> new RamdiskStore(BcdFirmware.BIOS, "a\nb", "\\a", "\\b", 512, 1))
                .hasMessageContaining("printable");
    }

    private static String text(Map<String, byte[]> read, String path) {
        return new String(read.get(path), StandardCharsets.UTF_16LE);
    }

    private static String hex(Map<String, byte[]> read, String path) {
        return HexFormat.of().formatHex(read.get(path));
    }
}

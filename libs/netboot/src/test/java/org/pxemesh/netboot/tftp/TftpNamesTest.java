package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpNamesTest {

    @ParameterizedTest
    @CsvSource({
        "\\SMSBoot\\boot.sdi, SMSBoot/boot.sdi",
        "smsboot\\x64\\pxeboot.com, smsboot/x64/pxeboot.com",
        "\\Boot\\BCD, Boot/BCD",
        "/EFI/Microsoft/Boot/BCD, EFI/Microsoft/Boot/BCD",
        "//debian-installer//amd64/./linux, debian-installer/amd64/linux",
        "a b.txt, a b.txt",
        "\\Boot\\BOOT.WIM, Boot/BOOT.WIM"
    })
    void Q91_shouldBringNamesIntoOneForm(String sent, String normalised) {
        assertThat(TftpNames.normalise(sent)).contains(normalised);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Boot\\BCD\u00ff",
                "Boot/BCD\u00ff\u00ff",
                "/Boot/BCD\n",
                "Boot\\BCD \t\u0001\u00ff",
                "Boot/BCD\u0085"
            })
    void Q91_shouldCutOffWhatSomeRomsLeaveBehindAName(String sent) {
        assertThat(TftpNames.normalise(sent)).contains("Boot/BCD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "a/../../b", "\\..\\x", "a/..", "", "/", ".", "a\nb", "a\u0000b"})
    void Q91_shouldRefuseNamesThatLeaveTheTree(String sent) {
        assertThat(TftpNames.normalise(sent)).isEmpty();
    }
}

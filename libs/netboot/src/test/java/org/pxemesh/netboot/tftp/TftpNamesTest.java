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
        "a b.txt, a b.txt"
    })
    void Q91_shouldBringNamesIntoOneForm(String sent, String normalised) {
        assertThat(TftpNames.normalise(sent)).contains(normalised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "a/../../b", "\\..\\x", "a/..", "", "/", ".", "a\nb", "a\u0000b"})
    void Q91_shouldRefuseNamesThatLeaveTheTree(String sent) {
        assertThat(TftpNames.normalise(sent)).isEmpty();
    }
}

package org.pxemesh.packageservice.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GrubProgramTest {
    private static final String SBAT = """
            sbat,1,SBAT Version,sbat,1,https://github.com/rhboot/shim/blob/main/SBAT.md
            grub,5,Free Software Foundation,grub,2.06,https://www.gnu.org/software/grub/
            """;

    private static GrubProgram grub(String text) {
        return GrubProgram.of(("MZ\0\377code\0" + text + "\0\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldTellWhetherItReadsProxyOffersByThePatchAndNotByTheVersion() {
        assertThat(grub("using ipv4 and dhcp\0\n" + SBAT).takesProxyOffers()).isFalse();
        assertThat(grub("proxy offer receive\0setting values from proxy offer\0\n" + SBAT)
                        .takesProxyOffers())
                .isTrue();
    }

    @Test
    void shouldReadTheVersionAsTheDistributionCounts() {
        assertThat(grub("\n" + SBAT
                                + "grub.debian,5,Debian,grub2,2.06-13+deb12u2,https://tracker.debian.org/pkg/grub2\n")
                        .version())
                .isEqualTo("2.06-13+deb12u2");
        assertThat(grub("\n" + SBAT).version()).isEqualTo("2.06");
        assertThat(grub("nothing of the kind").version()).isEmpty();
    }
}

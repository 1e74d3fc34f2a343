package org.pxemesh.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {

    private static final TransferLimits LIMITS = TransferLimits.ethernet();

    @Test
    void Q81_shouldAcknowledgeOnlyWhatWasAsked() {
        assertThat(negotiate("blksize", "1468").acknowledged()).containsExactly(Map.entry("blksize", "1468"));
        assertThat(negotiate().acknowledged()).isEmpty();
    }

    @Test
    void Q81_shouldKeepTheClientsOrder() {
        assertThat(negotiate("windowsize", "4", "tsize", "0", "timeout", "3").acknowledged())
                .containsExactly(Map.entry("windowsize", "4"), Map.entry("tsize", "1000"), Map.entry("timeout", "3"));
    }

    @Property(tries = 2000)
    void Q81_shouldNeverGrantMoreThanWasAsked(@ForAll int blockSize, @ForAll int windowSize, @ForAll int timeout) {
        Agreement agreement = negotiate(
                "blksize", Integer.toString(blockSize),
                "windowsize", Integer.toString(windowSize),
                "timeout", Integer.toString(timeout));

        Map<String, String> granted = agreement.acknowledged();
        if (granted.containsKey("blksize")) {
            assertThat(Integer.parseInt(granted.get("blksize")))
                    .isLessThanOrEqualTo(blockSize)
                    .isEqualTo(agreement.blockSize());
        } else {
            assertThat(agreement.blockSize()).isEqualTo(512);
        }
        if (granted.containsKey("windowsize")) {
            assertThat(Integer.parseInt(granted.get("windowsize")))
                    .isLessThanOrEqualTo(windowSize)
                    .isEqualTo(agreement.windowSize());
        } else {
            assertThat(agreement.windowSize()).isEqualTo(1);
        }
        if (granted.containsKey("timeout")) {
            assertThat(granted.get("timeout")).isEqualTo(Integer.toString(timeout));
        }
    }

    @Test
    void Q83_shouldNotGrantBlocksThatWouldBeFragmented() {
        assertThat(negotiate("blksize", "4096").blockSize()).isEqualTo(1468);
        assertThat(negotiate("blksize", "65464").blockSize()).isEqualTo(1468);
    }

    @Test
    void Q83_shouldGrantFragmentsOnlyWhereTheAdministratorSaysSo() {
        TransferLimits limits = new TransferLimits(1500, 64, 62_000, false, 8192);

        assertThat(blockSize(limits, Map.of("blksize", "8192"))).isEqualTo(8192);
        assertThat(blockSize(limits, Map.of("blksize", "65464"))).isEqualTo(8192);
        assertThat(blockSize(limits, Map.of("blksize", "8192", "windowsize", "1")))
                .isEqualTo(8192);
        assertThat(blockSize(limits, Map.of("blksize", "8192", "windowsize", "4")))
                .as("a window is faster in whole packets")
                .isEqualTo(1468);
        assertThat(blockSize(limits, Map.of("blksize", "1000", "windowsize", "16")))
                .isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024})
    void Q84_shouldGrantNoMoreThanAnAdministratorAllows(int largest) {
        TransferLimits limits = new TransferLimits(1500, 64, 62_000, false, largest);

        assertThat(blockSize(limits, Map.of("blksize", "1468", "windowsize", "16")))
                .isEqualTo(largest);
    }

    private static int blockSize(TransferLimits limits, Map<String, String> asked) {
        Agreement agreement = Agreement.negotiate(asked, 1_000_000, limits);
        assertThat(limits.allow(agreement)).isTrue();
        assertThat(agreement.acknowledged().get("blksize")).isEqualTo(Integer.toString(agreement.blockSize()));
        return agreement.blockSize();
    }

    @Test
    void shouldNotAllowWhatAnotherServerMayHaveAgreedToAndThisOneWouldNot() {
        assertThat(LIMITS.allow(new Agreement(65_464, 1, 1000, Map.of()))).isFalse();
        assertThat(LIMITS.allow(new Agreement(1468, 65_535, 1000, Map.of()))).isFalse();
        assertThat(LIMITS.allow(new Agreement(1468, 8, 1000, Map.of()))).isTrue();
    }

    @Test
    void Q85_shouldPassOverMicrosoftsWindow() {
        assertThat(negotiate("msftwindow", "31416", "windowsize", "8").acknowledged())
                .containsExactly(Map.entry("windowsize", "8"));
    }

    @Test
    void Q94_shouldBoundTheBytesInFlight() {
        Agreement agreement = negotiate("windowsize", "65535", "blksize", "65464");

        assertThat((long) agreement.blockSize() * agreement.windowSize()).isLessThanOrEqualTo(64 * 1024);
        assertThat(agreement.acknowledged()).containsEntry("windowsize", "44");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "7", "-1", "65465", "99999999999999", "1e3", " 512", "0x200"})
    void Q94_shouldPassOverValuesThatMakeNoSense(String value) {
        Agreement agreement = negotiate("blksize", value);

        assertThat(agreement.acknowledged()).isEmpty();
        assertThat(agreement.blockSize()).isEqualTo(512);
    }

    @Test
    void Q97_shouldTellTheExactSize() {
        Map<String, String> asked = Map.of("tsize", "0");

        assertThat(Agreement.negotiate(asked, 5_000_000_000L, LIMITS).acknowledged())
                .containsEntry("tsize", "5000000000");
    }

    private static Agreement negotiate(String... pairs) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            asked.put(pairs[i], pairs[i + 1]);
        }
        return Agreement.negotiate(asked, 1000, LIMITS);
    }
}

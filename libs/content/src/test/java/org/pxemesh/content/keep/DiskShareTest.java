package org.pxemesh.content.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskShareTest {

    @ParameterizedTest
    @CsvSource({
        "20G, 21474836480",
        "512M, 536870912",
        "512 mb, 536870912",
        "8k, 8192",
        "1T, 1099511627776",
        "4096, 4096",
        "0, 0",
        "5%, 5000",
        "100%, 100000"
    })
    void shouldReadWhatAdministratorsWrite(String text, long bytes) {
        assertThat(DiskShare.parse(text).of(100_000)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "-1G", "1.5G", "101%", "99999999999T", "20 apples"})
    void shouldRefuseTheRestByName(String text) {
        assertThatThrownBy(() -> DiskShare.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void shouldReserveAShareOfLargeDisksAndTwoGibibytesOfSmallOnes() {
        assertThat(KeepRules.usualReserve(10L << 30)).isEqualTo(2L << 30);
        assertThat(KeepRules.usualReserve(1000L << 30)).isBetween(49L << 30, 50L << 30);
    }
}

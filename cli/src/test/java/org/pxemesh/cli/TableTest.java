package org.pxemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @ParameterizedTest
    @CsvSource({"0, 0 kB", "1, 1 kB", "999999, 1000 kB", "57043225, 57.0 MB", "3200000000, 3.20 GB"})
    void shouldShortenBytes(long bytes, String text) {
        assertThat(Table.bytes(bytes)).isEqualTo(text);
    }
}

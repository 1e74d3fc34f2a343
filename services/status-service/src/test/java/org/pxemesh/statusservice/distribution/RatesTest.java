package org.pxemesh.statusservice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void shouldTellBytesPerSecondBetweenTwoReports() {
        assertThat(Rates.between(NOON, 1_000, 50, NOON.plusMillis(2_500), 6_000, 100))
                .isEqualTo(new Rates(2_000, 20));
    }

    @Test
    void shouldTellNothingOfAFirstReport() {
        assertThat(Rates.between(null, 0, 0, NOON, 6_000, 100)).isEqualTo(Rates.NONE);
    }

    @Test
    void shouldTellNothingWhenTheAgentCountsFromZeroAgain() {
        assertThat(Rates.between(NOON, 9_000, 0, NOON.plusSeconds(2), 500, 0)).isEqualTo(Rates.NONE);
        assertThat(Rates.between(NOON, 0, 9_000, NOON.plusSeconds(2), 500, 0)).isEqualTo(Rates.NONE);
    }

    @Test
    void shouldTellNothingWhenThePeersClockStoodOrWentBack() {
        assertThat(Rates.between(NOON, 0, 0, NOON, 500, 0)).isEqualTo(Rates.NONE);
        assertThat(Rates.between(NOON, 0, 0, NOON.minusSeconds(9), 500, 0)).isEqualTo(Rates.NONE);
    }
}

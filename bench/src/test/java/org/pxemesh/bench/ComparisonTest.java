package org.pxemesh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Double> SLOW = List.of(14.0, 14.2, 13.9, 14.1, 14.3, 13.8, 14.4);

    @Test
    void shouldTellWhoIsFasterInEveryRound() {
        Comparison comparison = Comparison.of(List.of(10.0, 10.2, 9.9, 10.1, 10.3, 9.8, 10.4), SLOW);

        assertThat(comparison.ratio()).isEqualTo(10.1 / 14.1, within(1e-9));
        // Of the 3432 ways to divide 14 ranks, this one and its mirror image.
        assertThat(comparison.p()).isEqualTo(2.0 / 3432, within(1e-9));
        assertThat(comparison.high()).isLessThan(0.76);
        assertThat(comparison.verdict()).isEqualTo("faster");
    }

    @Test
    void shouldTellWhoIsSlower() {
        assertThat(Comparison.of(SLOW, List.of(10.0, 10.2, 9.9, 10.1, 10.3, 9.8, 10.4))
                        .verdict())
                .isEqualTo("slower");
    }

    @Test
    void shouldCallAlikeWhatNoiseExplains() {
        Comparison comparison = Comparison.of(List.of(13.9, 14.3, 14.0, 14.2, 14.1, 13.7, 14.5), SLOW);

        assertThat(comparison.p()).isGreaterThan(0.5);
        assertThat(comparison.low()).isLessThan(1);
        assertThat(comparison.high()).isGreaterThan(1);
        assertThat(comparison.verdict()).isEqualTo("alike");
    }

    @Test
    void shouldFindNoDifferenceBetweenEqualFigures() {
        assertThat(Comparison.of(SLOW, SLOW)).isEqualTo(new Comparison(1, 1, 1, 1));
        assertThat(Comparison.of(List.of(2.0, 2.0), List.of(2.0, 2.0)).p()).isEqualTo(1);
    }

    @Test
    void shouldKnowThatOneRoundProvesNothing() {
        assertThat(Comparison.of(List.of(1.0), List.of(9.0)).verdict()).isEqualTo("alike");
    }

    @Test
    void shouldRefuseRoundsThatOnlyOneHad() {
        assertThatThrownBy(() -> Comparison.of(List.of(1.0), List.of())).hasMessageContaining("1 and 0");
    }
}

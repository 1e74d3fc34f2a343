package org.pxemesh.bench.wan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final String LOG = """
            starting
            flow 0 0
            flow 1000000000 100
            echo 1500000000 7.5
            flow 2000000000 200
            flow 3000000000 210
            flow 4000000000 220
            flow 5000000000 230
            flow 60000""";

    @Test
    void shouldTakeWholeLinesOfItsWordAlone() {
        Series flow = Series.of(LOG, "flow");

        assertThat(flow.lines()).hasSize(6);
        assertThat(flow.begin()).isZero();
        assertThat(flow.end()).isEqualTo(5_000_000_000L);
    }

    @Test
    void shouldTellWhatGrewBetweenTwoTimes() {
        assertThat(Series.of(LOG, "flow").grownBetween(2, 500_000_000L, 2_500_000_000L))
                .isEqualTo(200);
    }

    @Test
    void shouldFindWhenARateFellForThreeSteps() {
        assertThat(Series.of(LOG, "flow").when(2, 0, true, 50)).isEqualTo(3_000_000_000L);
        assertThat(Series.of(LOG, "flow").when(2, 0, false, 50)).isEqualTo(-1);
    }

    @Test
    void shouldTakePercentilesOfSortedFigures() {
        double[] figures = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

        assertThat(Series.percentile(figures, 0.5)).isEqualTo(6);
        assertThat(Series.percentile(figures, 0.95)).isEqualTo(10);
        assertThat(Series.percentile(new double[0], 0.5)).isNaN();
    }
}

package org.pxemesh.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldEndWhenTheTimeIsOverWhateverATargetTakesBesideItsShare() {
        for (long beside : new long[] {0, 1, 5}) {
            long now = 0;
            Shares shares = new Shares(now, 600 * SECOND, 30);
            for (int n = 0; n < 30; n++) {
                long seconds = shares.seconds(now);
                now += (seconds + beside) * SECOND;
                shares.done(now, seconds);
            }
            assertThat(now / SECOND).as("with %d s beside", beside).isBetween(560L, 605L);
        }
    }

    @Test
    void shouldGiveEveryTargetItsShare() {
        long now = 0;
        Shares shares = new Shares(now, 600 * SECOND, 20);
        for (int n = 0; n < 20; n++) {
            long seconds = shares.seconds(now);
            assertThat(seconds).isBetween(26L, 29L);
            now += (seconds + 2) * SECOND;
            shares.done(now, seconds);
        }
    }

    @Test
    void shouldNotLetTheNextTargetPayAloneForOneThatTookLong() {
        // Given
        Shares shares = new Shares(0, 600 * SECOND, 20);
        long seconds = shares.seconds(0);

        // When
        shares.done(100 * SECOND, seconds);

        // Then
        assertThat(shares.seconds(100 * SECOND)).isBetween(20L, 27L);
    }

    @Test
    void shouldGiveASecondWhenThereIsNoTimeAtAll() {
        Shares shares = new Shares(0, SECOND, 30);

        assertThat(shares.seconds(20 * SECOND)).isEqualTo(1);
    }
}

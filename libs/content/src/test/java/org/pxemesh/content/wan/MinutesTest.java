package org.pxemesh.content.wan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinutesTest {
    private static final long MINUTE = 60_000_000_000L;

    @Test
    void shouldRememberTheLeastOfTenMinutes() {
        Minutes minutes = Minutes.NOTHING.with(0, 5).with(MINUTE, 9).with(9 * MINUTE, 7);

        assertThat(minutes.best()).isEqualTo(5);
    }

    @Test
    void shouldForgetWhatIsOlder() {
        Minutes minutes = Minutes.NOTHING.with(0, 5).with(MINUTE, 9).with(10 * MINUTE, 11);

        assertThat(minutes.best()).isEqualTo(9);
        assertThat(minutes.with(100 * MINUTE, 20).best()).isEqualTo(20);
    }

    @Test
    void shouldTakeALowerValueOfTheSameMinute() {
        assertThat(Minutes.NOTHING.with(0, 5).with(1, 3).with(2, 4).best()).isEqualTo(3);
    }

    @Test
    void shouldKnowNothingAtFirst() {
        assertThat(Minutes.NOTHING.isEmpty()).isTrue();
    }
}

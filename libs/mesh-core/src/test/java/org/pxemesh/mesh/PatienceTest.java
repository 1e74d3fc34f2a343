package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void shouldTakeNobodyForDeadSoonerThanItWouldAnswerItself() {
        // Given a peer whose own timer was late by 0.8 s
        var patience = Patience.CALM.saw(2, 0).saw(800, 500).saw(1, 1_000);

        // Then
        assertThat(Patience.CALM.millis(0)).isEqualTo(Patience.CALM_MILLIS);
        assertThat(patience.millis(1_000)).isEqualTo(Patience.CALM_MILLIS + 8_000);
    }

    @Test
    void shouldForgetItsOwnSlowness() {
        var patience = Patience.CALM.saw(800, 0);

        assertThat(patience.millis(6_000)).isEqualTo(Patience.CALM_MILLIS + 4_000);
        assertThat(patience.millis(60_000)).isEqualTo(Patience.CALM_MILLIS);
        assertThat(patience.saw(3, 60_000).millis(60_000)).isEqualTo(Patience.CALM_MILLIS + 30);
    }

    @Property
    void shouldBuryTheDeadHoweverSlowItIs(
            @ForAll @LongRange(min = 0) long late, @ForAll @LongRange(min = 0) long after) {
        assertThat(Patience.CALM.saw(late, 0).millis(after)).isBetween(Patience.CALM_MILLIS, Patience.MOST_MILLIS);
    }

    @Property
    void shouldAskMoreAndMoreRarely(
            @ForAll @LongRange(min = 1, max = JoinPace.LONGEST_MILLIS) long former,
            @ForAll @DoubleRange(min = 0, max = 1) double random) {
        assertThat(JoinPace.next(former, random))
                .isGreaterThanOrEqualTo(former)
                .isLessThanOrEqualTo(JoinPace.LONGEST_MILLIS);
    }

    @Test
    void shouldWaitLongerTheSlowerItPrepared() {
        assertThat(JoinPace.first(600, 50)).isEqualTo(600);
        assertThat(JoinPace.first(600, 1_000)).isEqualTo(3_000);
        assertThat(JoinPace.first(600, 60_000)).isEqualTo(JoinPace.LONGEST_MILLIS);
    }
}

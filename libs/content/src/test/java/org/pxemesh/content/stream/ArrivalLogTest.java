package org.pxemesh.content.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalLogTest {

    @Test
    void shouldCountOnNothingBeforeAWindowIsKnown() {
        ArrivalLog log = ArrivalLog.begun(100);
        for (int second = 100; second < 105; second++) {
            log = log.arrived(1_000, second);
            assertThat(log.countedOn(second)).isZero();
        }

        assertThat(log.countedOn(105)).isEqualTo(1_000);
    }

    @Test
    void shouldCountOnASteadyLine() {
        ArrivalLog log = ArrivalLog.begun(0);
        for (int second = 0; second < 60; second++) {
            log = log.arrived(500_000, second);
        }

        assertThat(log.countedOn(59)).isEqualTo(500_000);
    }

    @Test
    void shouldCountOnTheWorseSecondsOfALineThatStutters() {
        // Given ten good seconds, ten bad ones, ten good ones
        ArrivalLog log = ArrivalLog.begun(0);
        for (int second = 0; second < 30; second++) {
            log = log.arrived(second / 10 == 1 ? 10_000 : 1_000_000, second);
        }

        assertThat(log.countedOn(30)).isLessThan(250_000);
    }

    @Test
    void shouldForgetWhatWasBeforeHalfAMinute() {
        ArrivalLog log = ArrivalLog.begun(0).arrived(1_000_000_000, 3);

        assertThat(log.countedOn(8)).isPositive();
        assertThat(log.countedOn(33)).isZero();
        assertThat(log.countedOn(1_000_000)).isZero();
    }

    @Test
    void shouldBeginAnewWhenSomethingArrivesAfterALongSilence() {
        // Given a peer that had nothing to fetch for an hour
        ArrivalLog log = ArrivalLog.begun(0);
        for (int second = 3_600; second < 3_606; second++) {
            log = log.arrived(500_000, second);
        }

        assertThat(log.countedOn(3_605)).isEqualTo(500_000);
    }

    @Test
    void shouldTakeChunksThatArriveWholeForALine() {
        // Given a chunk of 300 kB every third second
        ArrivalLog log = ArrivalLog.begun(0);
        for (int second = 0; second < 30; second++) {
            log = log.arrived(second % 3 == 0 ? 300_000 : 0, second);
        }

        assertThat(log.countedOn(30)).isBetween(60_000L, 120_000L);
    }
}

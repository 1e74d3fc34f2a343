package org.pxemesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarvedSegmentTest {
    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 50, 70})
    void shouldAssembleAndComeToRestWhereNobodyHasAProcessorForSeconds(int peers) {
        // Given
        var segment = new StarvedSegment(peers, 2);

        // When they have had the processor time that starting takes, and a minute more
        segment.run(peers * 3L * 1_000 + MINUTE);

        // Then all are in one view under one uplink, and nobody left the group for want of a processor
        assertThat(segment.agreedUplink()).as(segment::toString).isPresent();
        assertThat(segment.rejoined).isZero();
        assertThat(segment.uplinksStarted).isEqualTo(1);

        // and nothing is said any more
        var said = segment.messages;
        segment.run(MINUTE);
        assertThat(segment.messages).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100})
    void shouldSayLessThanAWordASecondForEachPeerHoweverLateTheyRun(int peers) {
        // Given
        var segment = new StarvedSegment(peers, 2);
        var millis = peers * 3L * 1_000 + MINUTE;

        // When
        segment.run(millis);

        // Then timers were seconds late, and yet nobody's slowness made work for all others
        assertThat(segment.latestTick).isGreaterThan(2_000);
        assertThat(segment.messages).as(segment::toString).isLessThan((int) (peers * millis / 1_000));
    }
}

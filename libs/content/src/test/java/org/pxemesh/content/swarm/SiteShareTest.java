package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SiteShareTest {
    private static final int CHUNKS = 20;
    private static final UUID EAST = new UUID(0, 1);
    private static final UUID WEST = new UUID(0, 2);
    private static final Holdings NOTHING = Holdings.none(CHUNKS);

    @Test
    void shouldFetchAllWhereThereIsOneSegment() {
        assertThat(SiteShare.alone(EAST, CHUNKS).judged(NOTHING, 0).granted().isComplete())
                .isTrue();
    }

    @Test
    void shouldGiveEachChunkToOneOfTwoSegments() {
        // When
        Holdings east = SiteShare.alone(EAST, CHUNKS)
                .told(WEST, NOTHING, 0)
                .judged(NOTHING, 1)
                .granted();
        Holdings west = SiteShare.alone(WEST, CHUNKS)
                .told(EAST, NOTHING, 0)
                .judged(NOTHING, 1)
                .granted();
        // Then
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            assertThat(east.has(chunk)).isNotEqualTo(west.has(chunk));
        }
        assertThat(east.count()).isEqualTo(CHUNKS / 2);
    }

    @Test
    void shouldTakeOverWhatASilentSegmentOwns() {
        // Given
        SiteShare share = SiteShare.alone(EAST, CHUNKS).told(WEST, NOTHING, 0).judged(NOTHING, 1);
        // When it says nothing new, though it answers
        SiteShare late = share.told(WEST, NOTHING, 3_000).judged(NOTHING, SiteShare.PATIENCE_MILLIS + 1);
        // Then
        assertThat(late.granted().isComplete()).isTrue();
        // When it goes on
        SiteShare back = late.told(WEST, NOTHING.with(0), 5_000).judged(NOTHING, 5_001);
        assertThat(back.granted()).isEqualTo(share.granted());
    }

    @Test
    void shouldLeaveASegmentItsPartWhileItElectsASuccessor() {
        // Given
        SiteShare share =
                SiteShare.alone(EAST, CHUNKS).told(WEST, NOTHING.with(1), 0).judged(NOTHING, 1);
        // When
        SiteShare silent = share.silent(WEST);
        // Then
        assertThat(silent.judged(NOTHING, 2_000).granted()).isEqualTo(share.granted());
        assertThat(silent.judged(NOTHING, 4_001).granted().isComplete()).isTrue();
        assertThat(silent.told(WEST, NOTHING.with(1), 3_000)
                        .judged(NOTHING, 6_000)
                        .granted())
                .isEqualTo(share.granted());
    }

    @Test
    void shouldFetchAllWhenTheOtherIsOutOfReach() {
        SiteShare share = SiteShare.alone(EAST, CHUNKS).told(WEST, NOTHING, 0).lost(WEST);
        assertThat(share.judged(NOTHING, 1).granted().isComplete()).isTrue();
    }

    @Test
    void shouldHelpFromTheEndWhenItsOwnPartIsDone() {
        // Given
        SiteShare share = SiteShare.alone(EAST, CHUNKS).told(WEST, NOTHING, 0).judged(NOTHING, 1);
        Holdings mine = share.granted();
        // When
        SiteShare done = share.judged(mine, 100);
        SiteShare later =
                done.told(WEST, NOTHING.with(missing(mine, 0)), 1_500).judged(mine, 101 + SiteShare.HELP_AFTER_MILLIS);
        // Then
        assertThat(done.granted()).isEqualTo(mine);
        assertThat(later.granted().count()).isEqualTo(mine.count() + 1);
        int helped = missing(mine, mine.size() - mine.count() - 1);
        assertThat(later.granted().has(helped)).isTrue();
    }

    private static int missing(Holdings held, int n) {
        return held.missing().skip(n).findFirst().orElseThrow();
    }
}

package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadPaceTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldLetTheFirstPieceLeaveAtOnceAndTheNextWhenItsTimeIsUsedUp() {
        UploadPace idle = UploadPace.idle(5);

        UploadPace.Turn first = idle.ask(500, 1_000, 5).orElseThrow();
        UploadPace.Turn second = first.next().ask(500, 1_000, 5).orElseThrow();

        assertThat(first.waitNanos()).isZero();
        assertThat(second.waitNanos()).isEqualTo(SECOND / 2);
    }

    @Test
    void shouldKeepTheRateHoweverMuchIsAsked() {
        // Given neighbours that ask for more than there is, all the time
        UploadPace pace = UploadPace.idle(0);
        long sent = 0;

        // When
        for (long now = 0; now < 100 * SECOND; now += SECOND / 100) {
            UploadPace.Turn turn = pace.ask(200_000, 1_000_000, now).orElse(null);
            if (turn != null) {
                assertThat(turn.waitNanos()).isLessThanOrEqualTo(UploadPace.LONGEST_WAIT_NANOS);
                pace = turn.next();
                sent += 200_000;
            }
        }

        // Then what had its turn in 100 s fits into them and the longest wait
        assertThat(sent).isBetween(100_000_000L, 102_400_000L);
    }

    @Test
    void shouldSendAwayWhoeverWouldWaitTooLong() {
        UploadPace busy = UploadPace.idle(0).ask(3_000, 1_000, 0).orElseThrow().next();

        assertThat(busy.ask(1, 1_000, 0)).isEmpty();
        assertThat(busy.ask(1, 1_000, SECOND)).isPresent();
    }

    @Test
    void shouldNotSaveUpWhatWasNotUsed() {
        UploadPace.Turn first =
                UploadPace.idle(0).ask(1_000, 1_000, 3_600 * SECOND).orElseThrow();

        assertThat(first.next().ask(1_000, 1_000, 3_600 * SECOND).orElseThrow().waitNanos())
                .isEqualTo(SECOND);
    }
}

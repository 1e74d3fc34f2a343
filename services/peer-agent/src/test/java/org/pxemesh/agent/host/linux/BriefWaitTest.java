package org.pxemesh.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefWaitTest {

    private static final int MICROSECOND = 1_000;

    private final Deque<Integer> ready = new ArrayDeque<>();
    private long now;
    private int looks;

    private final BriefWait wait = new BriefWait(() -> now);

    @Test
    void shouldSleepAtOnceWhileNothingComes() {
        // Given a thread that sleeps a second each time
        for (int i = 0; i < 10; i++) {
            // When
            assertThat(wait.until(this::look)).isZero();
            wait.sleeps();
            now += 1_000_000 * MICROSECOND;
        }

        // Then it never looked
        assertThat(looks).isZero();
    }

    @Test
    void shouldLookForPacketsThatComeSoon() {
        // Given packets that came 10 us after it had gone to sleep
        wait.sleeps();
        now += 10 * MICROSECOND;

        // When the next one is there at the third look
        ready.addAll(List.of(0, 0, 1));

        // Then
        assertThat(wait.until(this::look)).isEqualTo(1);
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void shouldTryWhereTheWakeUpTookMostOfASleep() {
        // Given a packet that was answered within 30 us, by a client that sleeps as well
        wait.sleeps();
        now += 90 * MICROSECOND;

        // When
        ready.addAll(Collections.nCopies(30, 0));
        ready.add(1);

        // Then
        assertThat(wait.until(this::look)).isEqualTo(1);
    }

    @Test
    void shouldStopLookingWhenTheyComeNoMore() {
        // Given
        wait.sleeps();
        now += 10 * MICROSECOND;

        // When nothing comes while it looks
        assertThat(wait.until(this::look)).isZero();
        int spent = looks;
        wait.sleeps();
        now += 500 * MICROSECOND;

        // Then it looked no longer than it may, and not again
        assertThat(spent).isBetween(1, (int) (BriefWait.SPIN_NANOS / MICROSECOND) + 1);
        assertThat(wait.until(this::look)).isZero();
        assertThat(looks).isEqualTo(spent);
    }

    @Test
    void shouldTryLessAndLessWherePacketsAreAlwaysALittleTooLate() {
        // Given packets that come 100 us after the last ones, ten thousand times: a second
        for (int i = 0; i < 10_000; i++) {
            long next = now + 100 * MICROSECOND;
            assertThat(wait.until(this::look)).isZero();
            wait.sleeps();
            now = Math.max(now, next);
        }

        // Then it looked for less than a hundredth of the time
        assertThat(looks).isLessThan(10_000);
    }

    @Test
    void shouldNotCallItFoundInTimeWhenOthersHadTheProcessor() {
        // Given a thread that gave way at its first look and got the processor back after 3 ms
        wait.sleeps();
        now += 10 * MICROSECOND;
        assertThat(wait.until(() -> {
                    now += 3_000 * MICROSECOND;
                    return 1;
                }))
                .isEqualTo(1);

        // Then it sleeps the next time
        assertThat(wait.until(this::look)).isZero();
        assertThat(looks).isZero();
    }

    private int look() {
        looks++;
        now += MICROSECOND;
        Integer next = ready.poll();
        return next == null ? 0 : next;
    }
}

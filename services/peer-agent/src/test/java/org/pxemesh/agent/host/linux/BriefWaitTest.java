package org.pxemesh.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
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

    private int look() {
        looks++;
        now += MICROSECOND;
        Integer next = ready.poll();
        return next == null ? 0 : next;
    }
}

package org.pxemesh.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefSpinTest {

    private static final int MICROSECOND = 1_000;

    private final Deque<Integer> ready = new ArrayDeque<>();
    private long now;
    private int looks;

    private final BriefSpin spin = new BriefSpin(() -> now);

    @Test
    void shouldSleepAtOnceWhileNothingComes() throws Exception {
        // Given a loop that sleeps a second each time
        for (int i = 0; i < 10; i++) {
            // When
            assertThat(decide()).isEqualTo(SelectStrategy.SELECT);
            now += 1_000_000 * MICROSECOND;
        }

        // Then it never looked twice
        assertThat(looks).isZero();
    }

    @Test
    void shouldLookForPacketsThatComeSoon() throws Exception {
        // Given packets that came 10 us after it had gone to sleep
        decide();
        now += 10 * MICROSECOND;

        // When the next one is there at the third look
        ready.addAll(List.of(0, 0, 1));

        // Then
        assertThat(decide()).isEqualTo(1);
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void shouldStopLookingWhenTheyComeNoMore() throws Exception {
        // Given
        decide();
        now += 10 * MICROSECOND;

        // When nothing comes while it looks
        assertThat(decide()).isEqualTo(SelectStrategy.SELECT);
        int spent = looks;
        now += 500 * MICROSECOND;

        // Then it looked no longer than it may, and not again
        assertThat(spent).isBetween(1, (int) (BriefSpin.SPIN_NANOS / MICROSECOND) + 1);
        assertThat(decide()).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isEqualTo(spent);
    }

    @Test
    void shouldNotLookWhereTasksWait() throws Exception {
        // Given
        decide();
        now += 10 * MICROSECOND;
        ready.add(0);

        // Then it takes what is ready and goes on with them
        assertThat(spin.calculateStrategy(this::look, true)).isZero();
        assertThat(looks).isEqualTo(1);
    }

    private int decide() throws Exception {
        return spin.calculateStrategy(this::look, false);
    }

    private int look() {
        looks++;
        now += MICROSECOND;
        Integer next = ready.poll();
        return next == null ? 0 : next;
    }
}

package org.pxemesh.bench.wan.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BottleneckTest {
    private static final long MILLI = 1_000_000;

    @Test
    void shouldTakeAPacketsTimeAndTheDelay() {
        // 8000 kbit/s are a byte per microsecond.
        Bottleneck link = new Bottleneck(8_000, 250 * MILLI, 20 * MILLI);

        assertThat(link.arrival(0, 1_000)).isEqualTo(21 * MILLI);
    }

    @Test
    void shouldQueuePacketsBehindOneAnother() {
        Bottleneck link = new Bottleneck(8_000, 250 * MILLI, 0);
        link.arrival(0, 1_000);

        assertThat(link.arrival(0, 1_000)).isEqualTo(2 * MILLI);
        assertThat(link.backlog(0)).isEqualTo(2 * MILLI);
        assertThat(link.backlog(5 * MILLI)).isZero();
    }

    @Test
    void shouldDropWhatFindsTheQueueFull() {
        Bottleneck link = new Bottleneck(8_000, 3 * MILLI, 0);
        for (int i = 0; i < 4; i++) {
            assertThat(link.arrival(0, 1_000)).isNotEqualTo(Bottleneck.DROPPED);
        }

        assertThat(link.arrival(0, 1_000)).isEqualTo(Bottleneck.DROPPED);
        assertThat(link.arrival(1 * MILLI, 1_000)).isEqualTo(5 * MILLI);
    }

    @Test
    void shouldBeIdleAfterAPause() {
        Bottleneck link = new Bottleneck(8_000, 3 * MILLI, 0);
        link.arrival(0, 1_000);

        assertThat(link.arrival(100 * MILLI, 1_000)).isEqualTo(101 * MILLI);
    }
}

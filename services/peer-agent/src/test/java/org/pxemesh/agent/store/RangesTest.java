package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @Test
    void shouldJoinRunsThatTouchOrOverlap() {
        // When
        var ranges =
                Ranges.NONE.with(0, 10).with(20, 30).with(10, 20).with(50, 60).with(55, 70);

        // Then
        assertThat(ranges.bounds()).containsExactly(0L, 30L, 50L, 70L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCoverExactlyWhatWasAdded(long seed) {
        // Given a plain set of bytes beside it
        var random = new Random(seed);
        var bytes = new BitSet();
        var ranges = Ranges.NONE;

        for (var n = 0; n < 200; n++) {
            // When
            var start = random.nextInt(300);
            var end = start + random.nextInt(20);
            bytes.set(start, end);
            ranges = ranges.with(start, end);

            // Then
            var from = random.nextInt(300);
            var to = from + random.nextInt(30);
            assertThat(ranges.covers(from, to)).isEqualTo(bytes.get(from, to).cardinality() == to - from);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldLoseExactlyWhatWasTakenAway(long seed) {
        // Given
        var random = new Random(seed);
        var bytes = new BitSet();
        var ranges = Ranges.NONE;

        for (var n = 0; n < 200; n++) {
            // When
            var start = random.nextInt(300);
            var end = start + random.nextInt(40);
            var add = random.nextBoolean();
            bytes.set(start, end, add);
            ranges = add ? ranges.with(start, end) : ranges.without(start, end);

            // Then
            assertThat(ranges.bytes()).isEqualTo(bytes.cardinality());
            var from = random.nextInt(300);
            var to = from + random.nextInt(30);
            assertThat(ranges.covers(from, to)).isEqualTo(bytes.get(from, to).cardinality() == to - from);
        }
    }

    @Test
    void shouldRefuseADamagedIndex() {
        assertThatThrownBy(() -> new Ranges(List.of(5L, 5L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ranges(List.of(0L, 5L, 3L, 9L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ranges(List.of(-1L, 5L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ranges(List.of(1L))).isInstanceOf(IllegalArgumentException.class);
    }
}

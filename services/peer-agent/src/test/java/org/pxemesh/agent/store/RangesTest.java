package org.pxemesh.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @Test
    void shouldJoinRunsThatTouchOrOverlap() {
        // Given
        var ranges = new Ranges();

        // When
        ranges.add(0, 10);
        ranges.add(20, 30);
        ranges.add(10, 20);
        ranges.add(50, 60);
        ranges.add(55, 70);

        // Then
        assertThat(ranges.bounds()).containsExactly(0L, 30L, 50L, 70L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCoverExactlyWhatWasAdded(long seed) {
        // Given a plain set of bytes beside it
        var random = new Random(seed);
        var bytes = new BitSet();
        var ranges = new Ranges();

        for (var n = 0; n < 200; n++) {
            // When
            var start = random.nextInt(300);
            var end = start + random.nextInt(20);
            bytes.set(start, end);
            ranges.add(start, end);

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
        var ranges = new Ranges();

        for (var n = 0; n < 200; n++) {
            // When
            var start = random.nextInt(300);
            var end = start + random.nextInt(40);
            var add = random.nextBoolean();
            bytes.set(start, end, add);
            if (add) {
                ranges.add(start, end);
            } else {
                ranges.remove(start, end);
            }

            // Then
            assertThat(ranges.bytes()).isEqualTo(bytes.cardinality());
            assertThat(Ranges.of(ranges.bounds()).bounds()).isEqualTo(ranges.bounds());
            var from = random.nextInt(300);
            var to = from + random.nextInt(30);
            assertThat(ranges.covers(from, to)).isEqualTo(bytes.get(from, to).cardinality() == to - from);
        }
    }

    @Test
    void shouldLookAtFewRunsForEachOfMany() {
        // Given the chunks of a file of 17 GB in an order in which hardly any touch
        var looked = new AtomicLong();
        var ranges = new Ranges((one, other) -> {
            looked.incrementAndGet();
            return one.compareTo(other);
        });
        var chunks = 1 << 16;
        var length = 1L << 18;
        List<Integer> order = new ArrayList<>(IntStream.range(0, chunks).boxed().toList());
        Collections.shuffle(order, new Random(6));

        // When
        for (int chunk : order) {
            assertThat(ranges.covers(chunk * length, (chunk + 1) * length)).isFalse();
            ranges.add(chunk * length, (chunk + 1) * length);
        }

        // Then each of its chunks cost some multiple of 16, the logarithm of all
        assertThat(ranges.bounds()).containsExactly(0L, chunks * length);
        assertThat(looked.get()).isLessThan(10L * 16 * chunks);
    }

    @Test
    void shouldRefuseADamagedIndex() {
        assertThatThrownBy(() -> Ranges.of(List.of(5L, 5L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ranges.of(List.of(0L, 5L, 3L, 9L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ranges.of(List.of(-1L, 5L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ranges.of(List.of(1L))).isInstanceOf(IllegalArgumentException.class);
    }
}

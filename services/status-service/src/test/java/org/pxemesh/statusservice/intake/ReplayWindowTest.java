package org.pxemesh.statusservice.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {

    @Test
    void shouldHaveSeenNothingAtFirst() {
        assertThat(ReplayWindow.EMPTY.saw(0)).isFalse();
        assertThat(ReplayWindow.EMPTY.saw(1_000_000)).isFalse();
    }

    @Test
    void shouldKnowNumbersAgainButNotTheirGaps() {
        // When
        ReplayWindow window = ReplayWindow.EMPTY.with(3).with(5);

        // Then
        assertThat(window.saw(3)).isTrue();
        assertThat(window.saw(5)).isTrue();
        assertThat(window.saw(4)).isFalse();
        assertThat(window.saw(6)).isFalse();
    }

    @Test
    void shouldTakeWhatFellOutOfTheWindowForSeen() {
        // Given
        ReplayWindow window = ReplayWindow.EMPTY.with(100);

        // Then
        assertThat(window.saw(100 - ReplayWindow.WIDTH)).isTrue();
        assertThat(window.saw(101 - ReplayWindow.WIDTH)).isFalse();
        assertThat(window.with(1)).isEqualTo(window);
    }

    @Test
    void shouldForgetNothingWhenItJumpsFar() {
        assertThat(ReplayWindow.EMPTY.with(1).with(Long.MAX_VALUE).saw(1)).isTrue();
        assertThat(ReplayWindow.EMPTY.with(1).with(65).saw(1)).isTrue();
        assertThat(ReplayWindow.EMPTY.with(1).with(64).saw(1)).isTrue();
        assertThat(ReplayWindow.EMPTY.with(1).with(64).saw(2)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAcceptEachNumberOnceWhenNeighboursAreSwappedAndToldTwice(long seed) {
        // Given
        Random random = new Random(seed);
        List<Long> told = new ArrayList<>();
        for (long n = 0; n < 500; n++) {
            told.add(n);
            if (random.nextInt(3) == 0) {
                told.add(n);
            }
        }
        for (int i = 0; i + 20 < told.size(); i += 20) {
            Collections.shuffle(told.subList(i, i + 20), random);
        }

        // When
        Set<Long> accepted = new HashSet<>();
        ReplayWindow window = ReplayWindow.EMPTY;
        int times = 0;
        for (long n : told) {
            if (!window.saw(n)) {
                accepted.add(n);
                times++;
            }
            window = window.with(n);
        }

        // Then
        assertThat(accepted).hasSize(500);
        assertThat(times).isEqualTo(500);
    }
}

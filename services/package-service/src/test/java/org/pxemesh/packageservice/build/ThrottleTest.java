package org.pxemesh.packageservice.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private Instant now = Instant.EPOCH;
    private final List<Progress> every = new ArrayList<>();
    private final List<Progress> some = new ArrayList<>();
    private final Throttle throttle = new Throttle(() -> now, every::add, some::add);

    private static Progress at(Stage stage, long bytes) {
        return new Progress(stage, 0, 0, bytes, 0);
    }

    @Test
    void shouldLetAFewASecondPassAndEachNewStageAtOnce() {
        // When a build tells every millisecond for a second
        for (int i = 0; i < 1000; i++) {
            throttle.progressed(at(Stage.READING, i));
            now = now.plus(Duration.ofMillis(1));
        }
        throttle.progressed(at(Stage.PUBLISHING, 1000));
        // Then
        assertThat(every).hasSize(1001);
        assertThat(some).containsExactly(at(Stage.READING, 0), at(Stage.READING, 500), at(Stage.PUBLISHING, 1000));
    }
}

package org.pxemesh.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.pxemesh.lab.LabException;

class AtOnceTest {

    @Test
    void shouldGiveWhatEachGaveInTheirOrder() {
        CountDownLatch second = new CountDownLatch(1);

        assertThat(AtOnce.<String>all(List.of(
                        () -> {
                            await(second);
                            return "one";
                        },
                        () -> {
                            second.countDown();
                            return "two";
                        })))
                .containsExactly("one", "two");
    }

    @Test
    void shouldFailWithThePartsOwnFaultAfterAllHaveEnded() {
        AtomicBoolean other = new AtomicBoolean();

        assertThatThrownBy(() -> AtOnce.run(
                        () -> {
                            throw new LabException("no lease");
                        },
                        () -> other.set(true)))
                .isInstanceOf(LabException.class)
                .hasMessage("no lease");
        assertThat(other).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.pxemesh.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pxemesh.agent.EventSink;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.Event;

class BookkeeperTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch disk = new CountDownLatch(1);
    private final Bookkeeper books = new Bookkeeper(new SlowDisk(), new BootMetrics(registry));

    /** It writes nothing before it is let go. */
    private final class SlowDisk implements EventSink {
        @Override
        public void publish(Event event) {
            try {
                disk.await();
                told.add(event);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void close() {
        disk.countDown();
        books.close();
    }

    private static Event event(int number) {
        var ref = new BootRef(new UUID(0, number), new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), "", number);
        return new BootDelivered(ref, number, 0, 0);
    }

    @Test
    void shouldTellInTheOrderInWhichItWasEntered() {
        // Given
        disk.countDown();
        books.start();

        // When
        var events = IntStream.range(0, 1_000).mapToObj(BookkeeperTest::event).toList();
        events.forEach(event -> books.enter(() -> List.of(event)));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactlyElementsOf(events));
    }

    @Test
    void shouldGiveUpWhatStrangersCauseWhileMuchWaitsAndCountIt() {
        // Given a flood that nobody writes down
        IntStream.range(0, Bookkeeper.SPARED + 10).forEach(i -> books.enterIfRoom(() -> List.of(event(i))));
        assertThat(registry.counter("pxemesh_boot_untold_total").count()).isEqualTo(10);

        // When a boot ends meanwhile
        var end = event(-1);
        books.enter(() -> List.of(end));
        disk.countDown();
        books.start();

        // Then that is told
        await().atMost(SOON).untilAsserted(() -> assertThat(told).contains(end).hasSize(Bookkeeper.SPARED + 1));
    }

    @Test
    void shouldTellTheOthersWhenOneEntryFails() {
        // Given
        Logger.getLogger(Bookkeeper.class.getName()).setLevel(Level.OFF);
        disk.countDown();
        books.start();

        // When
        books.enter(() -> {
            throw new IllegalStateException("on purpose");
        });
        var next = event(1);
        books.enter(() -> List.of(next));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactly(next));
    }

    @Test
    void shouldTellWhatWaitsBeforeItCloses() {
        // Given
        disk.countDown();
        IntStream.range(0, 200).forEach(i -> books.enter(() -> List.of(event(i))));

        // When
        books.start();
        books.close();

        // Then
        assertThat(told).hasSize(200);
    }
}

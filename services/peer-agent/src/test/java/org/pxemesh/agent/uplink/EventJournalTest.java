package org.pxemesh.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.agent.mesh.MeshMessage.UpEvent;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;
import org.pxemesh.events.TopicCatalog;

class EventJournalTest {
    private static final long LARGE = 1 << 20;

    @TempDir
    Path stateDir;

    @Test
    void shouldGiveTheOldestFirstUntilTheyAreAcknowledged() throws IOException {
        try (var journal = new EventJournal(stateDir, LARGE)) {
            // Given
            for (var n = 1; n <= 5; n++) {
                journal.add(delivered(n));
            }

            // When
            journal.acknowledge(2);

            // Then
            assertThat(ids(journal)).containsExactly("3", "4", "5");
            assertThat(journal.oldest(1, 100_000)).hasSize(1);
            assertThat(journal.oldest(100, 1)).hasSize(1);
        }
    }

    @Test
    void shouldKeepUnacknowledgedEventsAcrossAKill() throws IOException {
        // Given a process that never closed its journal
        var killed = new EventJournal(stateDir, LARGE);
        for (var n = 1; n <= 3; n++) {
            killed.add(delivered(n));
        }
        killed.acknowledge(1);

        // When
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(4));

            // Then
            assertThat(ids(journal)).containsExactly("2", "3", "4");
        }
    }

    @Test
    void shouldDropARecordThatWasBeingWrittenWhenTheProcessDied() throws IOException {
        // Given
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(1));
        }
        Files.write(stateDir.resolve("events.log"), new byte[] {0, 0, 1, 0, '{'}, StandardOpenOption.APPEND);

        // When
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(2));

            // Then
            assertThat(ids(journal)).containsExactly("1", "2");
        }
    }

    @Test
    void shouldBeEmptyOnDiskWhenAllIsAcknowledged() throws IOException {
        try (var journal = new EventJournal(stateDir, LARGE)) {
            // When
            journal.add(delivered(1));
            journal.acknowledge(1);

            // Then
            assertThat(stateDir.resolve("events.log")).isEmptyFile();
            assertThat(journal.size()).isZero();
        }
    }

    @Test
    void shouldSpareTheFinalEventsWhenTheDiskQueueIsFull() throws IOException {
        try (var journal = new EventJournal(stateDir, 20_000)) {
            // When much more comes than fits
            for (var n = 0; n < 60; n++) {
                journal.add(event("ignored" + n, new BootIgnored(boot(), List.of("NO_DEPLOYMENT"), 1)));
                journal.add(event("served" + n, new FileServed(boot(), "tftp", "linux", 1, 1, 1, 1, 0)));
                if (n % 10 == 0) {
                    journal.add(delivered(n));
                }
            }

            // Then
            assertThat(ids(journal)).contains("0", "10", "20", "30", "40", "50", "ignored59");
            assertThat(journal.dropped()).isPositive();
            assertThat(Files.size(stateDir.resolve("events.log"))).isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void shouldStayWithinItsBoundsWhenStrangersDiscoverWithoutEndAndHqIsAway() throws IOException {
        try (var journal = new EventJournal(stateDir, 20_000)) {
            // Given
            journal.add(delivered(1));

            // When
            for (var n = 0; n < 2_000; n++) {
                journal.add(requested("requested" + n));
                assertThat(Files.size(stateDir.resolve("events.log"))).isLessThanOrEqualTo(20_000);
            }

            // Then
            assertThat(ids(journal)).contains("1", "requested1999").doesNotContain("requested0");
            assertThat(journal.dropped()).isEqualTo(2_001 - journal.size());
        }
    }

    @Test
    void shouldDropWhatCanBeSparedWhenAllThatIsKeptIsFinal() throws IOException {
        try (var journal = new EventJournal(stateDir, 5_000)) {
            // Given more final events than there is room for
            for (var n = 0; n < 100; n++) {
                journal.add(delivered(n));
            }

            // When
            journal.add(requested("requested"));

            // Then
            assertThat(journal.size()).isEqualTo(100);
            assertThat(journal.dropped()).isEqualTo(1);
            assertThat(ids(journal)).contains("0", "99").doesNotContain("requested");
        }
    }

    private static UpEvent requested(String id) {
        return event(id, new BootRequested(boot(), 7, "PXEClient:Arch:00007:UNDI:003016", null, null, 0));
    }

    private static List<String> ids(EventJournal journal) throws IOException {
        return journal.oldest(1_000, 1 << 20).stream()
                .map(event -> event.envelope().id())
                .toList();
    }

    private static UpEvent delivered(int n) {
        return event(Integer.toString(n), new BootDelivered(boot(), 3, 1_000, 1.5));
    }

    private static BootRef boot() {
        return new BootRef(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3), new UUID(1, 4), "52:54:00:00:00:01", 1);
    }

    private static UpEvent event(String id, Event event) {
        return new UpEvent(
                TopicCatalog.of(event).name(),
                "key",
                new UUID(1, 2),
                Envelope.of(id, "/agents/x", Instant.EPOCH, event));
    }

    @Test
    void shouldKeepWhatComesAfterAllThatWasMarkedIsGone() throws IOException {
        // Given a power cut that cost the one record behind the acknowledged ones
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(1));
            journal.add(delivered(2));
            journal.acknowledge(1);
        }
        var log = stateDir.resolve("events.log");
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(log) - 1);
        }

        // When events come, and the process is killed before HQ has any of them
        var killed = new EventJournal(stateDir, LARGE);
        killed.add(delivered(3));
        killed.add(delivered(4));

        // Then
        try (var journal = new EventJournal(stateDir, LARGE)) {
            assertThat(ids(journal)).containsExactly("3", "4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-3", "many", "99999999999999999999"})
    void shouldSendAllAgainWhenNobodyCanReadWhatIsAcknowledged(String mark) throws IOException {
        // Given
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(1));
        }
        Files.writeString(stateDir.resolve("events.acknowledged"), mark);

        // Then
        try (var journal = new EventJournal(stateDir, LARGE)) {
            assertThat(ids(journal)).containsExactly("1");
        }
    }

    @Test
    void shouldPassOverARecordThatIsNoEvent() throws IOException {
        // Given
        var none = ByteBuffer.allocate(8).putInt(4).put("null".getBytes(StandardCharsets.US_ASCII));
        Files.write(stateDir.resolve("events.log"), none.array());

        // When
        try (var journal = new EventJournal(stateDir, LARGE)) {
            journal.add(delivered(1));

            // Then
            assertThat(ids(journal)).containsExactly("1");
        }
    }
}

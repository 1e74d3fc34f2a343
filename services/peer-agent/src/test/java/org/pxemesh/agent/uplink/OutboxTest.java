package org.pxemesh.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pxemesh.agent.identity.Identity;
import org.pxemesh.agent.mesh.MeshMessage.EventsSent;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.PeerLeft;

class OutboxTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final UUID AGENT = new UUID(7, 7);

    @TempDir
    Path stateDir;

    private final List<EventsSent> sent = Collections.synchronizedList(new ArrayList<>());
    private EventJournal journal;
    private Outbox outbox;

    @BeforeEach
    void open() {
        journal = new EventJournal(stateDir, 1 << 20);
        outbox = new Outbox(journal, new Identity(AGENT, 3, null, List.of(), 0), Clock.systemUTC());
        outbox.start();
    }

    @AfterEach
    void close() throws Exception {
        outbox.close();
        journal.close();
    }

    @Test
    void shouldKeepEventsWithoutAnUplinkAndSendThemOnceThereIsOne() {
        // Given
        outbox.publish(delivered());
        outbox.publish(delivered());

        // When
        outbox.route(this, events -> {
            sent.add(events);
            outbox.taken(events.batch());
            return true;
        });

        // Then
        await().atMost(SOON).until(() -> outbox.waiting() == 0);
        assertThat(sent.stream().flatMap(batch -> batch.events().stream()))
                .extracting(event -> event.envelope().id())
                .containsExactly(AGENT + ":3:1", AGENT + ":3:2");
    }

    @Test
    void shouldSendAgainToASuccessorWhatTheFirstUplinkDidNotAnswer() {
        // Given an uplink that dies with the events
        outbox.route(this, sent::add);
        outbox.publish(delivered());
        await().atMost(SOON).until(() -> sent.size() == 1);

        // When
        outbox.route(this, events -> {
            sent.add(events);
            outbox.taken(events.batch());
            return true;
        });

        // Then the same event arrives, and the first batch's late answer means nothing
        await().atMost(SOON).until(() -> outbox.waiting() == 0);
        assertThat(sent.getLast().events())
                .usingRecursiveComparison()
                .isEqualTo(sent.getFirst().events());
        assertThat(sent.getLast().batch()).isGreaterThan(sent.getFirst().batch());
    }

    @Test
    void shouldIgnoreAnAnswerToAnotherBatch() {
        // Given
        outbox.route(this, sent::add);
        outbox.publish(delivered());
        await().atMost(SOON).until(() -> sent.size() == 1);

        // When
        outbox.taken(sent.getFirst().batch() + 5);
        outbox.taken(0);

        // Then
        assertThat(outbox.waiting()).isOne();
    }

    @Test
    void shouldNotKeepReports() {
        // When nobody is there
        var lost = outbox.report(new PeerLeft(AGENT, AGENT, AGENT, false));
        outbox.route(this, sent::add);
        var told = outbox.report(new PeerLeft(AGENT, AGENT, AGENT, false));

        // Then
        assertThat(lost).isFalse();
        assertThat(told).isTrue();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().batch()).isZero();
        assertThat(outbox.waiting()).isZero();
    }

    private static BootDelivered delivered() {
        return new BootDelivered(new BootRef(AGENT, AGENT, AGENT, AGENT, "52:54:00:00:00:01", 1), 1, 1, 1);
    }
}

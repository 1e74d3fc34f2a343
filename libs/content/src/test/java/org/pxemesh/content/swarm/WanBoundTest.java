package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;

/** What the death of an uplink costs at most: an uplink with a window of two chunks, and a neighbour that gathers too. */
class WanBoundTest {
    private static final int CHUNKS = 40;
    private static final Source.Peer ANNA = new Source.Peer(new UUID(0, 1));
    private static final SwarmJob JOB = new SwarmJob(
            new PackageId("many", "1"),
            new ChunkIndex(TestManifests.ofChunks(CHUNKS)),
            new SwarmLimits(4, 9, 3, 2),
            new UUID(0, 42));

    @Test
    void shouldKeepToTheBoundWhileTheSegmentIsTooBusyForAWord() {
        // Given two chunks that nobody else has yet
        SwarmStep step = full();

        // When the neighbour says nothing for more than a second
        for (int pause = 0; pause < 4; pause++) {
            assertThat(fetches(step)).isEmpty();
            assertThat(step.effects()).contains(new SwarmEffect.WaitForOthers());
            step = step(step, new SwarmEvent.PatienceOver());
        }
        assertThat(fetches(step)).isEmpty();

        // Then it goes on with the neighbour's next word
        step = step(step, new SwarmEvent.PeerGained(ANNA, List.of(0)));
        assertThat(fetches(step)).containsExactly(2);
    }

    @Test
    void shouldHelpItselfWhenTheNeighboursAreSilentForGood() {
        // Given
        SwarmStep step = full();

        // When
        for (int pause = 0; pause < 8 && fetches(step).isEmpty(); pause++) {
            step = step(step, new SwarmEvent.PatienceOver());
        }

        // Then nothing is waited for any more
        assertThat(fetches(step)).containsExactly(2, 3);
        step = step(step, new SwarmEvent.ChunkStored(Source.WAN, 2));
        assertThat(fetches(step)).containsExactly(4);
        step = step(step, new SwarmEvent.ChunkStored(Source.WAN, 3));
        assertThat(fetches(step)).containsExactly(5);
    }

    @Test
    void shouldKeepToTheBoundAgainOnceANeighbourIsBack() {
        // Given
        SwarmStep step = full();
        for (int pause = 0; pause < 8 && fetches(step).isEmpty(); pause++) {
            step = step(step, new SwarmEvent.PatienceOver());
        }

        // When
        step = step(step, new SwarmEvent.PeerGained(ANNA, List.of(0)));
        step = step(step, new SwarmEvent.ChunkStored(Source.WAN, 2));
        step = step(step, new SwarmEvent.ChunkStored(Source.WAN, 3));

        // Then
        assertThat(fetches(step)).isEmpty();
        assertThat(fetches(step(step, new SwarmEvent.PeerGained(ANNA, List.of(2)))))
                .containsExactly(4);
    }

    private static SwarmStep full() {
        SwarmStep step =
                new SwarmStep(SwarmState.begin(JOB, Holdings.none(CHUNKS)).state(), List.of());
        step = step(step, new SwarmEvent.PeerAnnounced(ANNA, Holdings.none(CHUNKS)));
        step = step(step, new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        assertThat(fetches(step)).containsExactly(0, 1);
        step = step(step, new SwarmEvent.ChunkStored(Source.WAN, 0));
        SwarmStep last = step(step, new SwarmEvent.ChunkStored(Source.WAN, 1));
        return new SwarmStep(
                last.state(),
                List.copyOf(java.util.stream.Stream.concat(step.effects().stream(), last.effects().stream())
                        .toList()));
    }

    private static SwarmStep step(SwarmStep before, SwarmEvent event) {
        return SwarmState.apply(before.state(), event);
    }

    private static List<Integer> fetches(SwarmStep step) {
        return step.effects().stream()
                .filter(SwarmEffect.FetchChunk.class::isInstance)
                .map(effect -> ((SwarmEffect.FetchChunk) effect).chunk())
                .toList();
    }
}

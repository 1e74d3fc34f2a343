package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;

class SwarmStateTest {

    private static final int CHUNKS = 10;
    private static final PackageId ID = new PackageId("many", "1");
    private static final SwarmJob JOB =
            new SwarmJob(ID, new ChunkIndex(TestManifests.ofChunks(CHUNKS)), new SwarmLimits(2, 3, 4, 3), 42);
    private static final Source.Peer ANNA = new Source.Peer(new UUID(0, 1));
    private static final Source.Peer BERT = new Source.Peer(new UUID(0, 2));

    private static SwarmStep step(SwarmState state, SwarmEvent event) {
        return SwarmState.apply(state, event);
    }

    private static SwarmState fresh() {
        return SwarmState.begin(JOB, Holdings.none(CHUNKS)).state();
    }

    private static List<SwarmEffect.FetchChunk> fetches(SwarmStep step) {
        return step.effects().stream()
                .filter(SwarmEffect.FetchChunk.class::isInstance)
                .map(SwarmEffect.FetchChunk.class::cast)
                .toList();
    }

    @Test
    void shouldAskForNothingWithoutASource() {
        assertThat(SwarmState.begin(JOB, Holdings.none(CHUNKS)).effects()).isEmpty();
    }

    @Test
    void shouldTellWhatItFoundOnItsDisk() {
        Holdings some = Holdings.none(CHUNKS).with(3);
        assertThat(SwarmState.begin(JOB, some).effects()).containsExactly(new SwarmEffect.Announce(some));
        assertThat(SwarmState.begin(JOB, Holdings.all(CHUNKS)).effects())
                .containsExactly(new SwarmEffect.Announce(Holdings.all(CHUNKS)), new SwarmEffect.Completed(ID));
    }

    @Test
    void shouldKeepWithinTheLimitsPerSourceAndInAll() {
        // When
        SwarmStep one = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        SwarmStep two = step(one.state(), new SwarmEvent.PeerAnnounced(BERT, Holdings.all(CHUNKS)));
        // Then
        assertThat(fetches(one)).hasSize(2).allMatch(fetch -> fetch.source().equals(ANNA));
        assertThat(fetches(two)).hasSize(1).allMatch(fetch -> fetch.source().equals(BERT));
    }

    @Test
    void shouldAskForTheRarestFirst() {
        // Given
        SwarmState state = step(fresh(), new SwarmEvent.PeerAnnounced(BERT, Holdings.none(CHUNKS)))
                .state();
        state = step(state, new SwarmEvent.PeerAnnounced(new Source.Peer(new UUID(0, 3)), Holdings.none(CHUNKS)))
                .state();
        Gathering prepared = new Gathering(
                JOB,
                Holdings.none(CHUNKS),
                state.sources()
                        .announced(BERT, Holdings.all(CHUNKS).without(7))
                        .announced(
                                new Source.Peer(new UUID(0, 3)),
                                Holdings.all(CHUNKS).without(7)),
                new TreeMap<>(),
                0);
        // When
        SwarmStep step = step(prepared, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        // Then
        assertThat(fetches(step).getFirst().chunk()).isEqualTo(7);
        assertThat(fetches(step).getFirst().source()).isEqualTo(ANNA);
    }

    @Test
    void shouldDecideAlikeForOneSeedAndDifferentlyForAnother() {
        // Given
        SwarmEvent event = new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS));
        SwarmJob other = new SwarmJob(ID, JOB.index(), JOB.limits(), 43);
        // When
        SwarmStep first = step(fresh(), event);
        SwarmStep again = step(fresh(), event);
        SwarmStep neighbour =
                step(SwarmState.begin(other, Holdings.none(CHUNKS)).state(), event);
        // Then
        assertThat(again).isEqualTo(first);
        assertThat(fetches(neighbour)).isNotEqualTo(fetches(first));
    }

    @Test
    void shouldNotUseTheWanForWhatANeighbourHas() {
        // Given a neighbour that is asked for as much as it may be, and room for more requests
        SwarmJob roomy = new SwarmJob(ID, JOB.index(), new SwarmLimits(2, 9, 4, 3), 42);
        SwarmState state = step(
                        SwarmState.begin(roomy, Holdings.none(CHUNKS)).state(),
                        new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS).without(5)))
                .state();
        // When
        SwarmStep step = step(state, new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        // Then
        assertThat(fetches(step)).singleElement().satisfies(fetch -> {
            assertThat(fetch.source()).isEqualTo(Source.WAN);
            assertThat(fetch.chunk()).isEqualTo(5);
        });
    }

    @Test
    void shouldFetchNoMoreOverTheWanThanWasGranted() {
        SwarmStep step =
                step(fresh(), new SwarmEvent.WanGranted(Holdings.none(CHUNKS).with(4)));
        assertThat(fetches(step)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(4);
    }

    @Test
    void shouldTurnToAnotherSourceWhenOneFails() {
        // Given
        SwarmStep asked = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        int chunk = fetches(asked).getFirst().chunk();
        SwarmState state = step(asked.state(), new SwarmEvent.PeerAnnounced(BERT, Holdings.all(CHUNKS)))
                .state();
        // When
        SwarmStep failed = step(state, new SwarmEvent.ChunkFailed(ANNA, chunk, "connection reset"));
        // Then
        assertThat(failed.effects()).contains(new SwarmEffect.RetryLater(ANNA, 1));
        assertThat(fetches(failed)).allMatch(fetch -> fetch.source().equals(BERT));
    }

    @Test
    void shouldAskForOnePauseWhenManyRequestsFailTogether() {
        // Given
        SwarmStep asked = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        List<SwarmEffect.FetchChunk> both = fetches(asked);
        // When
        SwarmStep first =
                step(asked.state(), new SwarmEvent.ChunkFailed(ANNA, both.get(0).chunk(), "x"));
        SwarmStep second =
                step(first.state(), new SwarmEvent.ChunkFailed(ANNA, both.get(1).chunk(), "x"));
        SwarmStep rested = step(second.state(), new SwarmEvent.SourceRested(ANNA));
        // Then
        assertThat(first.effects()).containsExactly(new SwarmEffect.RetryLater(ANNA, 1));
        assertThat(second.effects()).isEmpty();
        assertThat(fetches(rested)).hasSize(2);
    }

    @Test
    void shouldNotLetAnEmptyPromiseKeepTheUplinkFromTheWan() {
        // Given a neighbour that promises all and gives nothing
        SwarmStep step = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        step = step(step.state(), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        assertThat(fetches(step)).isEmpty();
        // When it failed as often as we are patient
        for (int i = 0; i < JOB.limits().patience(); i++) {
            Gathering now = (Gathering) step.state();
            for (var request : now.inFlight().entrySet()) {
                step = step(step.state(), new SwarmEvent.ChunkFailed(request.getValue(), request.getKey(), "timeout"));
            }
            if (i < JOB.limits().patience() - 1) {
                step = step(step.state(), new SwarmEvent.SourceRested(ANNA));
            }
        }
        // Then
        assertThat(((Gathering) step.state()).inFlight().values()).contains(Source.WAN);
    }

    @Test
    void shouldDropAndReportANeighbourThatGaveBadBytes() {
        // Given
        SwarmStep asked = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        int chunk = fetches(asked).getFirst().chunk();
        // When
        SwarmStep corrupt = step(asked.state(), new SwarmEvent.ChunkCorrupt(ANNA, chunk));
        SwarmState back = step(
                        step(corrupt.state(), new SwarmEvent.PeerLeft(ANNA)).state(),
                        new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)))
                .state();
        // Then
        assertThat(corrupt.effects()).singleElement().isInstanceOfSatisfying(SwarmEffect.Rejected.class, rejected -> {
            assertThat(rejected.source()).isEqualTo(ANNA);
            assertThat(rejected.banned()).isTrue();
            assertThat(rejected.reason()).contains("chunk " + chunk);
        });
        assertThat(((Gathering) back).inFlight()).isEmpty();
    }

    @Test
    void shouldGiveHqAPauseAfterBadBytesAndAskAgain() {
        // Given
        SwarmStep asked =
                step(fresh(), new SwarmEvent.WanGranted(Holdings.none(CHUNKS).with(2)));
        // When
        SwarmStep corrupt = step(asked.state(), new SwarmEvent.ChunkCorrupt(Source.WAN, 2));
        SwarmStep rested = step(corrupt.state(), new SwarmEvent.SourceRested(Source.WAN));
        // Then
        assertThat(corrupt.effects()).hasSize(2).last().isEqualTo(new SwarmEffect.RetryLater(Source.WAN, 1));
        assertThat(fetches(rested)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(2);
    }

    @Test
    void shouldTellNewsEveryFewChunksAndAtTheEnd() {
        // Given
        SwarmState state = fresh();
        List<Integer> toldAt = new ArrayList<>();
        // When
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            // Something is always under way, so that idleness is not the reason to tell.
            state = new Gathering(
                    JOB,
                    state.held(),
                    Sources.NONE,
                    new TreeMap<>(Map.of((chunk + 1) % CHUNKS, ANNA)),
                    ((Gathering) state).unannounced());
            SwarmStep stored = step(state, new SwarmEvent.ChunkStored(ANNA, chunk));
            if (stored.effects().stream().anyMatch(SwarmEffect.Announce.class::isInstance)) {
                toldAt.add(chunk);
            }
            state = stored.state();
        }
        // Then
        assertThat(toldAt).containsExactly(3, 7, 9);
        assertThat(state).isInstanceOf(Holding.class);
    }

    @Test
    void shouldGoBackToGatheringWhenAChunkIsLost() {
        // Given
        SwarmState holding = SwarmState.begin(JOB, Holdings.all(CHUNKS)).state();
        holding = step(holding, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)))
                .state();
        // When
        SwarmStep lost = step(holding, new SwarmEvent.ChunkLost(6));
        // Then
        assertThat(lost.effects())
                .first()
                .isEqualTo(new SwarmEffect.Announce(Holdings.all(CHUNKS).without(6)));
        assertThat(fetches(lost)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(6);
    }

    @Test
    void shouldReportAnAnnouncementOfAnotherPackage() {
        SwarmStep step = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS + 1)));
        assertThat(step.effects())
                .containsExactly(new SwarmEffect.Rejected(ANNA, "it announced 11 chunks of a package of 10", false));
        assertThatThrownBy(() -> Holdings.fromBytes(CHUNKS, new byte[] {0, 4}))
                .hasMessageContaining("tell of chunk 10");
        assertThatThrownBy(() -> Holdings.fromBytes(CHUNKS, new byte[3])).hasMessageContaining("3 bytes");
    }

    @Test
    void shouldTakeEveryEventInEveryState() {
        // Given
        SwarmState empty = fresh();
        SwarmState asking = step(empty, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)))
                .state();
        SwarmState uplink =
                step(empty, new SwarmEvent.WanGranted(Holdings.all(CHUNKS))).state();
        SwarmState failing = step(asking, new SwarmEvent.ChunkFailed(ANNA, anyRequest(asking), "x"))
                .state();
        SwarmState betrayed = step(asking, new SwarmEvent.ChunkCorrupt(ANNA, anyRequest(asking)))
                .state();
        SwarmState holding = SwarmState.begin(JOB, Holdings.all(CHUNKS)).state();
        List<SwarmState> states = List.of(empty, asking, uplink, failing, betrayed, holding);
        // When, Then
        for (SwarmState state : states) {
            for (SwarmEvent event : everyEvent()) {
                SwarmStep step = step(state, event);
                assertConsistent(step, state + " + " + event);
                for (SwarmEvent next : everyEvent()) {
                    assertConsistent(step(step.state(), next), state + " + " + event + " + " + next);
                }
            }
        }
    }

    private static int anyRequest(SwarmState state) {
        return ((Gathering) state).inFlight().firstKey();
    }

    private static List<SwarmEvent> everyEvent() {
        List<SwarmEvent> events = new ArrayList<>();
        for (Source source : List.of(Source.WAN, ANNA, BERT)) {
            for (int chunk : new int[] {0, CHUNKS - 1}) {
                events.add(new SwarmEvent.ChunkStored(source, chunk));
                events.add(new SwarmEvent.ChunkFailed(source, chunk, "x"));
                events.add(new SwarmEvent.ChunkCorrupt(source, chunk));
            }
            events.add(new SwarmEvent.SourceRested(source));
        }
        for (Source.Peer peer : List.of(ANNA, BERT)) {
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.all(CHUNKS)));
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.none(CHUNKS)));
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.none(CHUNKS - 1)));
            events.add(new SwarmEvent.PeerLeft(peer));
        }
        events.add(new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        events.add(new SwarmEvent.WanRevoked());
        events.add(new SwarmEvent.ChunkLost(0));
        // A kind of event that is not listed here is a kind that nobody tried.
        assertThat(events.stream().map(Object::getClass).distinct())
                .hasSize(SwarmEvent.class.getPermittedSubclasses().length);
        return events;
    }

    /** What must hold after any event. */
    private static void assertConsistent(SwarmStep step, String story) {
        assertThat(step.state().held().isComplete()).as(story).isEqualTo(step.state() instanceof Holding);
        if (step.state() instanceof Gathering now) {
            assertThat(now.inFlight().size())
                    .as(story)
                    .isLessThanOrEqualTo(JOB.limits().total());
            now.inFlight().forEach((chunk, source) -> {
                assertThat(now.held().has(chunk)).as(story).isFalse();
                assertThat(standing(now, source)).as(story).isNotEqualTo(Sources.Standing.BANNED);
            });
            assertThat(fetches(step)).as(story).allSatisfy(fetch -> {
                assertThat(now.inFlight()).as(story).containsEntry(fetch.chunk(), fetch.source());
                assertThat(standing(now, fetch.source())).as(story).isEqualTo(Sources.Standing.READY);
            });
        }
    }

    private static Sources.Standing standing(Gathering state, Source source) {
        return state.sources().find(source).orElseThrow().standing();
    }
}

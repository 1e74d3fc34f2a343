package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;

class SwarmStateTest {

    private static final int CHUNKS = 10;
    private static final PackageId ID = new PackageId("many", "1");
    private static final SwarmJob JOB = new SwarmJob(
            ID, new ChunkIndex(TestManifests.ofChunks(CHUNKS)), new SwarmLimits(2, 3, 3, 512 * 1024), new UUID(0, 42));
    private static final Source.Peer ANNA = new Source.Peer(new UUID(0, 1));
    private static final Source.Peer BERT = new Source.Peer(new UUID(0, 2));
    private static final Source.Peer CARL = new Source.Peer(new UUID(0, 3));

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
        // Given two neighbours that have all but one chunk, which this peer owns
        Owners owners = Owners.of(JOB.self(), List.of(BERT.id(), CARL.id()), List.of(), CHUNKS);
        int rare = IntStream.range(0, CHUNKS).filter(owners.mine()::has).max().orElseThrow();
        Sources both = Sources.NONE
                .announced(BERT, Holdings.all(CHUNKS).without(rare))
                .announced(CARL, Holdings.all(CHUNKS).without(rare));
        Gathering prepared = Gathering.with(JOB, Holdings.none(CHUNKS), both);
        // When a third has it
        SwarmStep step = step(prepared, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        // Then
        assertThat(fetches(step))
                .filteredOn(fetch -> fetch.source().equals(ANNA))
                .extracting(SwarmEffect.FetchChunk::chunk)
                .containsExactly(rare);
    }

    @Test
    void shouldAskFirstForWhatABootClientWaitsForInItsOrder() {
        // Given a client that reads from chunk 7 on, and peers that share the work
        SwarmState state = step(fresh(), new SwarmEvent.PeerAnnounced(CARL, Holdings.none(CHUNKS)))
                .state();
        state = step(state, new SwarmEvent.Hurried(List.of(7, 8, 2))).state();

        // When
        SwarmStep near = step(state, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        SwarmStep wan = step(state, new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));

        // Then each source is asked for that, whoever owns it
        assertThat(fetches(near)).extracting(SwarmEffect.FetchChunk::chunk).startsWith(7, 8);
        assertThat(fetches(wan)).extracting(SwarmEffect.FetchChunk::chunk).startsWith(7);

        // and the WAN for nothing that a neighbour has
        SwarmStep both = step(near.state(), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        assertThat(fetches(both)).isEmpty();

        // When nobody is in a hurry any more, and a chunk came
        SwarmState calm = step(near.state(), new SwarmEvent.Hurried(List.of())).state();
        assertThat(((Gathering) calm).hurried()).isEmpty();
    }

    @Test
    void shouldLeaveToOthersWhatTheyOwnAndHelpItselfWhenTheyAreSilent() {
        // Given one neighbour that has all, and two that gather like this peer
        SwarmState state = step(fresh(), new SwarmEvent.PeerAnnounced(BERT, Holdings.none(CHUNKS)))
                .state();
        state = step(state, new SwarmEvent.PeerAnnounced(CARL, Holdings.none(CHUNKS)))
                .state();
        // When
        SwarmStep step = step(state, new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        List<Integer> asked = new ArrayList<>();
        while (!fetches(step).isEmpty()) {
            List<SwarmEffect.FetchChunk> batch = fetches(step);
            batch.forEach(fetch -> asked.add(fetch.chunk()));
            SwarmStep next = step;
            List<SwarmEffect> effects = new ArrayList<>();
            for (SwarmEffect.FetchChunk fetch : batch) {
                next = step(next.state(), new SwarmEvent.ChunkStored(ANNA, fetch.chunk()));
                effects.addAll(next.effects());
            }
            step = new SwarmStep(next.state(), effects);
        }
        // Then it stops at its own
        Owners owners = ((Gathering) step.state()).owners();
        assertThat(asked)
                .isNotEmpty()
                .allMatch(owners.mine()::has)
                .hasSize(owners.mine().count());
        // When nobody else says a word: progress counts for one pause, then the silent own nothing
        step = step(step.state(), new SwarmEvent.PatienceOver());
        assertThat(fetches(step)).isEmpty();
        step = step(step.state(), new SwarmEvent.PatienceOver());
        // Then
        assertThat(fetches(step)).isNotEmpty();
        assertThat(((Gathering) step.state()).owners().awaited()).isEmpty();
    }

    @Test
    void shouldNotWaitForAHolderToFetchWhatItAloneHas() {
        // Given a neighbour that gathers too, and has all but one chunk
        SwarmStep step = step(
                fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS).without(9)));
        // When
        List<Integer> asked = new ArrayList<>();
        while (!fetches(step).isEmpty()) {
            List<SwarmEffect> effects = new ArrayList<>();
            SwarmState state = step.state();
            for (SwarmEffect.FetchChunk fetch : fetches(step)) {
                asked.add(fetch.chunk());
                SwarmStep stored = step(state, new SwarmEvent.ChunkStored(ANNA, fetch.chunk()));
                state = stored.state();
                effects.addAll(stored.effects());
            }
            step = new SwarmStep(state, effects);
        }
        // Then
        assertThat(asked).hasSize(CHUNKS - 1);
    }

    @Test
    void shouldAskAnotherSegmentsUplinkOnlyForWhatNoNeighbourHas() {
        // Given
        Source.Peer far = new Source.Peer(new UUID(0, 9), true);
        SwarmState state = step(
                        fresh(),
                        new SwarmEvent.PeerAnnounced(ANNA, Holdings.none(CHUNKS).with(1)))
                .state();
        // When
        SwarmStep step = step(
                state,
                new SwarmEvent.PeerAnnounced(far, Holdings.none(CHUNKS).with(1).with(2)));
        SwarmStep granted = step(
                step.state(),
                new SwarmEvent.WanGranted(Holdings.none(CHUNKS).with(2).with(4)));
        // Then
        assertThat(fetches(step)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(2);
        assertThat(fetches(granted)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(4);
    }

    @Test
    void shouldKeepTheWanWithinItsWindowUntilANeighbourHasWhatCame() {
        // Given a window of two chunks and a neighbour that gathers
        SwarmJob narrow = new SwarmJob(
                ID,
                JOB.index(),
                new SwarmLimits(4, 9, 3, 2L * JOB.index().ref(0).chunk().length()),
                new UUID(0, 42));
        SwarmState state = step(
                        SwarmState.begin(narrow, Holdings.none(CHUNKS)).state(),
                        new SwarmEvent.PeerAnnounced(ANNA, Holdings.none(CHUNKS)))
                .state();
        SwarmStep granted = step(state, new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        assertThat(fetches(granted)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(0, 1);
        // When
        SwarmStep stored = step(granted.state(), new SwarmEvent.ChunkStored(Source.WAN, 0));
        SwarmStep told = step(stored.state(), new SwarmEvent.PeerGained(ANNA, List.of(0)));
        // Then
        assertThat(fetches(stored)).isEmpty();
        assertThat(stored.effects()).contains(new SwarmEffect.AnnounceChunk(0, true));
        assertThat(fetches(told)).extracting(SwarmEffect.FetchChunk::chunk).containsExactly(2);
    }

    @Test
    void shouldAskTheWanForManySmallFilesAtOnceAndLeaveRoomForTheNeighbours() {
        // Given
        SwarmJob small =
                new SwarmJob(ID, new ChunkIndex(TestManifests.ofChunks(64)), SwarmLimits.DEFAULT, new UUID(0, 42));
        SwarmState fresh = SwarmState.begin(small, Holdings.none(64)).state();
        // When
        SwarmStep granted = step(fresh, new SwarmEvent.WanGranted(Holdings.all(64)));
        SwarmStep told = step(granted.state(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(64)));
        // Then
        assertThat(fetches(granted)).hasSize(8);
        assertThat(granted.state().awaits(Source.WAN, 0)).isTrue();
        assertThat(granted.state().awaits(ANNA, 0)).isFalse();
        assertThat(fetches(told)).hasSize(2).allMatch(fetch -> fetch.source().equals(ANNA));
    }

    @Test
    void shouldGiveABusySourceAPauseWithoutCountingAFailure() {
        // Given
        SwarmStep asked = step(fresh(), new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS)));
        int chunk = fetches(asked).getFirst().chunk();
        // When
        SwarmStep busy = step(asked.state(), new SwarmEvent.SourceBusy(ANNA, chunk));
        SwarmStep rested = step(busy.state(), new SwarmEvent.SourceRested(ANNA));
        // Then
        assertThat(busy.effects()).containsExactly(new SwarmEffect.RetryLater(ANNA, 0));
        assertThat(busy.state().sources().failures(ANNA)).isZero();
        assertThat(fetches(rested)).hasSize(1);
    }

    @Test
    void shouldDecideAlikeForOneSeedAndDifferentlyForAnother() {
        // Given
        SwarmEvent event = new SwarmEvent.PeerAnnounced(ANNA, Holdings.all(CHUNKS));
        SwarmJob other = new SwarmJob(ID, JOB.index(), JOB.limits(), new UUID(0, 43));
        // When
        SwarmStep first = step(fresh(), event);
        SwarmStep again = step(fresh(), event);
        SwarmStep neighbour =
                step(SwarmState.begin(other, Holdings.none(CHUNKS)).state(), event);
        // Then
        assertThat(again.effects()).isEqualTo(first.effects());
        assertThat(fetches(neighbour)).isNotEqualTo(fetches(first));
    }

    @Test
    void shouldNotUseTheWanForWhatANeighbourHas() {
        // Given a neighbour that is asked for as much as it may be, and room for more requests
        SwarmJob roomy = new SwarmJob(ID, JOB.index(), new SwarmLimits(2, 9, 3, 512 * 1024), new UUID(0, 42));
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
    void shouldTellOfEachChunkAndUrgentlyOfWhatNobodyElseHas() {
        // Given
        SwarmState state = step(
                        fresh(),
                        new SwarmEvent.PeerAnnounced(ANNA, Holdings.none(CHUNKS).with(1)))
                .state();
        // When, Then
        assertThat(step(state, new SwarmEvent.ChunkStored(ANNA, 1)).effects())
                .contains(new SwarmEffect.AnnounceChunk(1, false));
        assertThat(step(state, new SwarmEvent.ChunkStored(Source.WAN, 2)).effects())
                .contains(new SwarmEffect.AnnounceChunk(2, true));
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
                events.add(new SwarmEvent.SourceBusy(source, chunk));
            }
            events.add(new SwarmEvent.SourceRested(source));
        }
        for (Source.Peer peer : List.of(ANNA, BERT)) {
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.all(CHUNKS)));
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.none(CHUNKS)));
            events.add(new SwarmEvent.PeerAnnounced(peer, Holdings.none(CHUNKS - 1)));
            events.add(new SwarmEvent.PeerGained(peer, List.of(0, 3)));
            events.add(new SwarmEvent.PeerGained(peer, List.of(CHUNKS)));
            events.add(new SwarmEvent.PeerLeft(peer));
        }
        events.add(new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        events.add(new SwarmEvent.WanRevoked());
        events.add(new SwarmEvent.ChunkLost(0));
        events.add(new SwarmEvent.PatienceOver());
        events.add(new SwarmEvent.Hurried(List.of(CHUNKS - 1, CHUNKS, 1, -1)));
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
            assertRarityIsTrue(now, story);
            assertThat(fetches(step)).as(story).allSatisfy(fetch -> {
                assertThat(now.inFlight()).as(story).containsEntry(fetch.chunk(), fetch.source());
                assertThat(standing(now, fetch.source())).as(story).isEqualTo(Sources.Standing.READY);
            });
        }
    }

    /** What is kept up to date event by event is what a look at everything would find. */
    private static void assertRarityIsTrue(Gathering now, String story) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int wanted = chunk;
            long holders = now.sources().known().entrySet().stream()
                    .filter(entry -> entry.getKey() instanceof Source.Peer peer && !peer.far())
                    .filter(entry -> entry.getValue().isCredible(JOB.limits()))
                    .filter(entry -> entry.getValue().holdings().has(wanted))
                    .count();
            assertThat(now.rarity().holders(chunk)).as(story).isEqualTo((int) holders);
            boolean isWanted = !now.held().has(chunk) && !now.inFlight().containsKey(chunk);
            for (int level = 0; level <= Rarity.COMMON; level++) {
                assertThat(now.rarity().wanted(level).has(chunk))
                        .as("%s: chunk %d at level %d", story, chunk, level)
                        .isEqualTo(isWanted && level == Math.min(holders, Rarity.COMMON));
            }
        }
    }

    private static Sources.Standing standing(Gathering state, Source source) {
        return state.sources().find(source).orElseThrow().standing();
    }
}

package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;

/** A segment of peers that exchange chunks in a random but repeatable order, without a network. */
class SwarmSimulationTest {

    private static final int CHUNKS = 150;
    private static final ChunkIndex INDEX = new ChunkIndex(TestManifests.ofChunks(CHUNKS));
    private static final SwarmLimits LIMITS =
            new SwarmLimits(3, 8, 3, 4L * INDEX.ref(0).chunk().length());

    /** One thing that will happen, in any order: an event to a peer. */
    private record Due(Source.Peer to, SwarmEvent event) {}

    private static final class Segment {
        final Random random;
        final Map<Source.Peer, SwarmState> peers = new TreeMap<>();
        final List<Due> due = new ArrayList<>();
        final int[] overTheWan = new int[CHUNKS];
        final List<Source> banned = new ArrayList<>();
        Source.Peer liar = new Source.Peer(new UUID(9, 9));
        boolean lossy;

        Segment(int size, long seed) {
            random = new Random(seed);
            for (int i = 0; i < size; i++) {
                SwarmJob job = new SwarmJob(new PackageId("many", "1"), INDEX, LIMITS, new UUID(0, i));
                peers.put(
                        new Source.Peer(new UUID(0, i)),
                        SwarmState.begin(job, Holdings.none(CHUNKS)).state());
            }
            // Everybody hears of everybody, as through the membership.
            for (Source.Peer from : peers.keySet()) {
                tellOthers(from, Holdings.none(CHUNKS));
            }
        }

        Source.Peer peer(int i) {
            return new Source.Peer(new UUID(0, i));
        }

        SwarmState state(Source.Peer peer) {
            return Objects.requireNonNull(peers.get(peer));
        }

        void happen(Source.Peer to, SwarmEvent event) {
            SwarmState before = peers.get(to);
            if (before == null) {
                return;
            }
            SwarmStep step = SwarmState.apply(before, event);
            peers.put(to, step.state());
            step.effects().forEach(effect -> act(to, effect));
        }

        void kill(Source.Peer victim) {
            peers.remove(victim);
            peers.keySet().forEach(peer -> due.add(new Due(peer, new SwarmEvent.PeerLeft(victim))));
        }

        /** Runs until nothing is due, or until {@code steps} events happened. */
        void run(int steps) {
            for (int i = 0; i < steps && !due.isEmpty(); i++) {
                Due next = due.remove(random.nextInt(due.size()));
                happen(next.to(), next.event());
            }
        }

        private void act(Source.Peer self, SwarmEffect effect) {
            switch (effect) {
                case SwarmEffect.FetchChunk fetch -> due.add(new Due(self, answer(fetch)));
                case SwarmEffect.Announce announce -> tellOthers(self, announce.holdings());
                case SwarmEffect.AnnounceChunk news -> tellOthers(self, news.chunk());
                case SwarmEffect.WaitForOthers ignored -> due.add(new Due(self, new SwarmEvent.PatienceOver()));
                case SwarmEffect.RetryLater retry ->
                    due.add(new Due(self, new SwarmEvent.SourceRested(retry.source())));
                case SwarmEffect.Rejected rejected -> banned.add(rejected.source());
                case SwarmEffect.Completed ignored -> {}
            }
        }

        private SwarmEvent answer(SwarmEffect.FetchChunk fetch) {
            if (lossy && random.nextInt(5) == 0) {
                return new SwarmEvent.ChunkFailed(fetch.source(), fetch.chunk(), "lost");
            }
            return switch (fetch.source()) {
                case Source.Wan wan -> {
                    overTheWan[fetch.chunk()]++;
                    yield new SwarmEvent.ChunkStored(wan, fetch.chunk());
                }
                case Source.Peer peer when peer.equals(liar) -> new SwarmEvent.ChunkCorrupt(peer, fetch.chunk());
                case Source.Peer peer ->
                    peers.containsKey(peer) && peers.get(peer).held().has(fetch.chunk())
                            ? new SwarmEvent.ChunkStored(peer, fetch.chunk())
                            : new SwarmEvent.ChunkFailed(peer, fetch.chunk(), "not there");
            };
        }

        private void tellOthers(Source.Peer from, int chunk) {
            for (Source.Peer to : peers.keySet()) {
                if (!to.equals(from)) {
                    due.add(new Due(to, new SwarmEvent.PeerGained(from, List.of(chunk))));
                }
            }
        }

        /** Announcements of one sender stay in order, as the membership's messages do: the newest replaces older. */
        private void tellOthers(Source.Peer from, Holdings holdings) {
            due.removeIf(d -> d.event() instanceof SwarmEvent.PeerAnnounced told
                    && told.peer().equals(from));
            for (Source.Peer to : peers.keySet()) {
                if (!to.equals(from)) {
                    due.add(new Due(to, new SwarmEvent.PeerAnnounced(from, holdings)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCarryEachChunkOverTheWanOnce(long seed) {
        // Given
        Segment segment = new Segment(8, seed);
        segment.lossy = seed % 2 == 0;
        // When
        segment.happen(segment.peer(0), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        segment.run(Integer.MAX_VALUE);
        // Then
        assertThat(segment.peers.values()).allMatch(Holding.class::isInstance);
        assertThat(segment.overTheWan).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldGoOnWhereAKilledUplinkStopped(long seed) {
        // Given
        Segment segment = new Segment(6, seed);
        // When the uplink dies twice on the way
        for (int uplink = 0; uplink < 2; uplink++) {
            segment.happen(segment.peer(uplink), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
            segment.run(300);
            segment.kill(segment.peer(uplink));
        }
        segment.happen(segment.peer(2), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        segment.run(Integer.MAX_VALUE);
        // Then what was fetched twice is what no second peer had yet: at most the unannounced and those under way
        assertThat(segment.peers.values()).hasSize(4).allMatch(Holding.class::isInstance);
        int chunks = Arrays.stream(segment.overTheWan).sum();
        assertThat(segment.overTheWan).doesNotContain(0);
        assertThat(chunks - CHUNKS).isLessThanOrEqualTo(2 * worstLoss());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldLeaveTheWanAloneForWhatTheSegmentHas(long seed) {
        // Given a segment in which everybody has all but the last ten chunks, and a peer that has nothing
        Segment segment = new Segment(5, seed);
        Holdings most = Holdings.none(CHUNKS);
        for (int chunk = 0; chunk < CHUNKS - 10; chunk++) {
            most = most.with(chunk);
        }
        for (int i = 1; i < 5; i++) {
            SwarmStep begun = SwarmState.begin(segment.state(segment.peer(i)).job(), most);
            segment.peers.put(segment.peer(i), begun.state());
            segment.tellOthers(segment.peer(i), most);
        }
        while (segment.due.stream().anyMatch(due -> due.event() instanceof SwarmEvent.PeerAnnounced)) {
            segment.run(1);
        }
        // When that peer becomes the uplink
        segment.happen(segment.peer(0), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        segment.run(Integer.MAX_VALUE);
        // Then
        assertThat(segment.peers.values()).allMatch(Holding.class::isInstance);
        assertThat(Arrays.stream(segment.overTheWan, 0, CHUNKS - 10)).containsOnly(0);
        assertThat(Arrays.stream(segment.overTheWan, CHUNKS - 10, CHUNKS)).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCompleteDespiteANeighbourThatLies(long seed) {
        // Given
        Segment segment = new Segment(5, seed);
        segment.peers
                .keySet()
                .forEach(peer -> segment.due.add(
                        new Due(peer, new SwarmEvent.PeerAnnounced(segment.liar, Holdings.all(CHUNKS)))));
        segment.happen(segment.peer(0), new SwarmEvent.WanGranted(Holdings.all(CHUNKS)));
        // When
        segment.run(Integer.MAX_VALUE);
        // Then
        assertThat(segment.peers.values()).allMatch(Holding.class::isInstance);
        assertThat(segment.banned).containsOnly(segment.liar).hasSizeBetween(1, 5);
        assertThat(segment.overTheWan).containsOnly(1);
    }

    /** Chunks that only the uplink can have: the window, and what one pause without an answer let go. */
    private static int worstLoss() {
        return 2 * 4;
    }
}

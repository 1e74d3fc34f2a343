package org.pxemesh.content.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.TestManifests;

/**
 * How near a segment comes to the floor {@code F/C * (1 + log2(N)/M)} when every peer's link has one rate, in simulated
 * time: one peer has all, N gather.
 */
class SwarmFloorTest {
    /** Microseconds that a byte takes on a link of 100 Mbit/s. */
    private static final double BYTE = 0.08;

    private static final long REQUEST = 500;
    private static final long TOLD = 10_000;
    private static final long PATIENCE = 300_000;

    private record Due(long at, long order, Runnable what) {}

    private static final class Lan {
        final int chunks;
        final long chunkTime;
        final Map<Source.Peer, SwarmState> peers = new LinkedHashMap<>();
        final Map<Source.Peer, Long> up = new LinkedHashMap<>();
        final Map<Source.Peer, Long> down = new LinkedHashMap<>();
        final int[] fromSeed;
        final PriorityQueue<Due> due =
                new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
        long now;
        long order;

        Lan(int gathering, int chunks, int length) {
            this.chunks = chunks;
            this.chunkTime = (long) (length * BYTE);
            fromSeed = new int[chunks];
            ChunkIndex index = new ChunkIndex(TestManifests.ofChunks(chunks, length));
            for (int n = 0; n <= gathering; n++) {
                SwarmJob job = new SwarmJob(new PackageId("many", "1"), index, SwarmLimits.DEFAULT, new UUID(7, n));
                Holdings found = n == 0 ? Holdings.all(chunks) : Holdings.none(chunks);
                Source.Peer peer = new Source.Peer(new UUID(7, n));
                peers.put(peer, SwarmState.begin(job, found).state());
                up.put(peer, 0L);
                down.put(peer, 0L);
            }
            // As through the membership: everybody hears of everybody before the holder speaks.
            List<Source.Peer> all = new ArrayList<>(peers.keySet());
            all.reversed()
                    .forEach(from -> tell(
                            from,
                            new SwarmEvent.PeerAnnounced(
                                    from,
                                    Objects.requireNonNull(peers.get(from)).held()),
                            TOLD));
        }

        void tell(Source.Peer from, SwarmEvent event, long delay) {
            peers.keySet().stream().filter(to -> !to.equals(from)).forEach(to -> later(delay, () -> happen(to, event)));
        }

        void later(long delay, Runnable what) {
            due.add(new Due(now + delay, order++, what));
        }

        void happen(Source.Peer to, SwarmEvent event) {
            SwarmStep step = SwarmState.apply(Objects.requireNonNull(peers.get(to)), event);
            peers.put(to, step.state());
            step.effects().forEach(effect -> act(to, effect));
        }

        void act(Source.Peer self, SwarmEffect effect) {
            switch (effect) {
                case SwarmEffect.FetchChunk fetch -> later(REQUEST, () -> send(self, fetch));
                case SwarmEffect.AnnounceChunk news ->
                    tell(self, new SwarmEvent.PeerGained(self, List.of(news.chunk())), TOLD);
                case SwarmEffect.WaitForOthers ignored ->
                    later(PATIENCE, () -> happen(self, new SwarmEvent.PatienceOver()));
                case SwarmEffect.Announce announce ->
                    tell(self, new SwarmEvent.PeerAnnounced(self, announce.holdings()), TOLD);
                default -> {}
            }
        }

        /** The sender's link takes one chunk after the other, and so does the receiver's. */
        void send(Source.Peer to, SwarmEffect.FetchChunk fetch) {
            Source.Peer from = (Source.Peer) fetch.source();
            if (from.id().getLeastSignificantBits() == 0) {
                fromSeed[fetch.chunk()]++;
            }
            long start = Math.max(now, Objects.requireNonNull(up.get(from)));
            up.put(from, start + chunkTime);
            long arrived = Math.max(start, Objects.requireNonNull(down.get(to))) + chunkTime;
            down.put(to, arrived);
            later(arrived - now, () -> happen(to, new SwarmEvent.ChunkStored(from, fetch.chunk())));
        }

        void run() {
            while (!due.isEmpty() && !peers.values().stream().allMatch(Holding.class::isInstance)) {
                Due next = due.remove();
                now = next.at;
                next.what.run();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 240, 1.02", "4, 240, 1.05", "8, 240, 1.1", "16, 240, 1.2"})
    void shouldComeNearTheFloorWithFewCopiesFromTheOneThatHadAll(int gathering, int chunks, double atMost) {
        // Given
        Lan lan = new Lan(gathering, chunks, 256 * 1024);
        // When
        lan.run();
        // Then
        double floor = lan.chunkTime * (chunks + Math.log(gathering) / Math.log(2));
        double copies = Arrays.stream(lan.fromSeed).sum() / (double) chunks;
        assertThat(lan.peers.values()).allMatch(Holding.class::isInstance);
        assertThat(lan.now / floor).isLessThan(atMost);
        assertThat(copies).isLessThan(1.1);
    }

    /** More requests at once would have each peer commit itself sooner, to chunks that it could have had from another. */
    @ParameterizedTest
    @CsvSource({"2, 480, 1.05", "4, 480, 1.07", "8, 480, 1.1", "16, 480, 1.15"})
    void shouldComeNearTheFloorWithSmallFilesToo(int gathering, int chunks, double atMost) {
        // Given chunks of 1.3 ms each, and requests of half a millisecond
        Lan lan = new Lan(gathering, chunks, 16 * 1024);
        // When
        lan.run();
        // Then
        assertThat(lan.now / (lan.chunkTime * (chunks + Math.log(gathering) / Math.log(2))))
                .isLessThan(atMost);
    }
}

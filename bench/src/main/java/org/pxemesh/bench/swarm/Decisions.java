package org.pxemesh.bench.swarm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.pxemesh.content.Chunk;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.Manifest;
import org.pxemesh.content.ManifestFile;
import org.pxemesh.content.PackageId;
import org.pxemesh.content.Sha256;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmEffect;
import org.pxemesh.content.swarm.SwarmEvent;
import org.pxemesh.content.swarm.SwarmJob;
import org.pxemesh.content.swarm.SwarmLimits;
import org.pxemesh.content.swarm.SwarmState;
import org.pxemesh.content.swarm.SwarmStep;
import org.pxemesh.events.BootDescriptor;

/** What a decision costs in a package of very many chunks: no network, no disk, one thread. */
final class Decisions {
    /** 64 GiB in chunks of 256 KiB. */
    static final int CHUNKS = 262_144;

    private static final int CHUNK_BYTES = 4_096;
    private static final int NEIGHBOURS = 8;

    private final Random random = new Random(1);
    private final Deque<SwarmEffect.FetchChunk> asked = new ArrayDeque<>();
    private SwarmState state;

    private Decisions(BootDescriptor boot) {
        Sha256 any = Sha256.of(new byte[] {1});
        List<Chunk> chunks = new ArrayList<>();
        for (int n = 0; n < CHUNKS; n++) {
            chunks.add(new Chunk((long) n * CHUNK_BYTES, CHUNK_BYTES, any));
        }
        ManifestFile file = new ManifestFile("payload", (long) CHUNKS * CHUNK_BYTES, any, chunks);
        ChunkIndex index = new ChunkIndex(new Manifest(PackageId.parse("payload@1"), List.of(file), boot));
        state = SwarmState.begin(
                        new SwarmJob(PackageId.parse("payload@1"), index, SwarmLimits.DEFAULT, new UUID(0, 0)),
                        Holdings.none(CHUNKS))
                .state();
    }

    /** Microseconds per event, over so many, after as many to warm up. */
    static double microsPerEvent(BootDescriptor boot, int events) {
        Decisions decisions = new Decisions(boot);
        for (int n = 1; n <= NEIGHBOURS; n++) {
            decisions.happen(new SwarmEvent.PeerAnnounced(peer(n), Holdings.none(CHUNKS)));
        }
        decisions.happen(new SwarmEvent.PeerAnnounced(peer(NEIGHBOURS + 1), Holdings.all(CHUNKS)));
        decisions.play(events);
        long began = System.nanoTime();
        decisions.play(events);
        return (System.nanoTime() - began) / 1e3 / events;
    }

    private static Source.Peer peer(int n) {
        return new Source.Peer(new UUID(0, n));
    }

    /** Half of the events are chunks that came, half are neighbours' news. */
    private void play(int events) {
        for (int n = 0; n < events; n++) {
            SwarmEffect.FetchChunk fetch = n % 2 == 0 ? asked.poll() : null;
            happen(
                    fetch == null
                            ? new SwarmEvent.PeerGained(
                                    peer(1 + random.nextInt(NEIGHBOURS)), List.of(random.nextInt(CHUNKS)))
                            : new SwarmEvent.ChunkStored(fetch.source(), fetch.chunk()));
        }
    }

    private void happen(SwarmEvent event) {
        SwarmStep step = SwarmState.apply(state, event);
        state = step.state();
        for (SwarmEffect effect : step.effects()) {
            if (effect instanceof SwarmEffect.FetchChunk fetch) {
                asked.add(fetch);
            }
        }
    }
}

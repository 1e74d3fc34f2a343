package org.pxemesh.agent.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.stream.ArrivalLog;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.SiteShare;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmState;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageState;

/** One package that this peer is to hold; confined to the swarm's thread. */
final class PackageJob {
    final PackageState pkg;
    final long startedNanos;

    /** Read by other threads too. */
    volatile @Nullable ChunkIndex index;

    /** How much came lately; read by other threads too. */
    volatile ArrivalLog arrivals = ArrivalLog.begun(Streams.seconds());

    /** What boot clients wait for, as it was told last. */
    List<Integer> hurried = List.of();

    /** Read by other threads too. */
    volatile @Nullable SwarmState swarm;

    @Nullable
    SiteShare share;

    @Nullable
    Holdings granted;

    /** Nobody needs to look for the manifest now: it was asked for, or it is here and local chunks are being copied. */
    boolean askingForManifest;

    /** Why it is not being gathered, in words: there is no room for it. */
    @Nullable
    String problem;

    /** When the neighbours were last told all that is here. */
    long saidAllNanos;

    int manifestFailures;
    long bytesHeld;
    long wanBytes;
    long lanBytes;
    long reusedBytes;
    long reportedBytes = -1;
    long reportedNanos;

    /** Holdings that neighbours told before the manifest was here. */
    final Map<Source.Peer, byte[]> early = new HashMap<>();

    PackageJob(PackageState pkg, long now) {
        this.pkg = pkg;
        this.startedNanos = now;
        this.saidAllNanos = now - TimeUnit.SECONDS.toNanos(1);
    }

    String ref() {
        return pkg.ref();
    }

    boolean isComplete() {
        var state = swarm;
        return state != null && state.held().isComplete();
    }

    HeldPackage held() {
        var known = index;
        return new HeldPackage(ref(), bytesHeld, known == null ? pkg.bytes() : known.bytes(), isComplete());
    }

    /** Bytes by where they came from; read by other threads too. */
    final Map<Source, Long> sources = new ConcurrentHashMap<>();

    void count(Source source, int bytes) {
        sources.merge(source, (long) bytes, Long::sum);
        arrivals = arrivals.arrived(bytes, Streams.seconds());
        bytesHeld += bytes;
        if (source.equals(Source.WAN)) {
            wanBytes += bytes;
        } else {
            lanBytes += bytes;
        }
    }
}

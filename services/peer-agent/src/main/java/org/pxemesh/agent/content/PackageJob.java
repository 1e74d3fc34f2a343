package org.pxemesh.agent.content;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pxemesh.content.ChunkIndex;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmState;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageState;

/** One package that this peer is to hold; confined to the swarm's thread. */
final class PackageJob {
    final PackageState pkg;
    final long startedNanos;

    @Nullable
    ChunkIndex index;

    @Nullable
    SwarmState swarm;

    /** Nobody needs to look for the manifest now: it was asked for, or it is here and local chunks are being copied. */
    boolean askingForManifest;

    /** Why it is not being gathered, in words: there is no room for it. */
    @Nullable
    String problem;

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
    }

    String ref() {
        return pkg.ref();
    }

    boolean isComplete() {
        return swarm != null && swarm.held().isComplete();
    }

    HeldPackage held() {
        return new HeldPackage(ref(), bytesHeld, index == null ? pkg.bytes() : index.bytes(), isComplete());
    }

    void count(Source source, int bytes) {
        bytesHeld += bytes;
        if (source.equals(Source.WAN)) {
            wanBytes += bytes;
        } else {
            lanBytes += bytes;
        }
    }
}

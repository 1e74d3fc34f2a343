package org.pxemesh.agent.content;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.content.swarm.Holdings;
import org.pxemesh.content.swarm.SiteShare;
import org.pxemesh.content.swarm.Source;
import org.pxemesh.content.swarm.SwarmEvent;

/**
 * What the uplinks of the site's other segments have, and so what is left for this one to fetch over the WAN. Confined to
 * the swarm's thread.
 */
final class SiteShares {
    /** How long another segment may need for a new package's manifest before it counts as one that does not want it. */
    private static final long MANIFEST_NANOS = 3_000_000_000L;

    private final Map<UUID, Far> said = new HashMap<>();
    private final Apply apply;

    private record Far(Source.Peer uplink, List<HoldingsTold> packages) {}

    /** Feeds an event to a package's state. */
    interface Apply {
        void event(PackageJob job, SwarmEvent event);
    }

    SiteShares(Apply apply) {
        this.apply = apply;
    }

    /** An uplink said what it has; its earlier word is void. */
    void said(UUID segment, UUID peer, List<HoldingsTold> packages, Iterable<PackageJob> jobs) {
        var before = said.put(segment, new Far(new Source.Peer(peer, true), packages));
        for (var job : jobs) {
            if (before != null && !before.uplink.id().equals(peer)) {
                apply.event(job, new SwarmEvent.PeerLeft(before.uplink));
            }
            learn(job, segment);
        }
    }

    /** An uplink is out of reach, or none any more. */
    void lost(UUID segment, UUID peer, Iterable<PackageJob> jobs) {
        var known = said.get(segment);
        if (known == null || !known.uplink.id().equals(peer)) {
            return;
        }
        said.remove(segment);
        for (var job : jobs) {
            if (job.share != null) {
                job.share = job.share.silent(segment);
            }
            apply.event(job, new SwarmEvent.PeerLeft(known.uplink));
        }
    }

    /** A package's gathering began: what was said before counts for it too. */
    void begin(PackageJob job, UUID segment) {
        if (job.index != null) {
            job.share = SiteShare.alone(segment, job.index.size());
            said.keySet().forEach(other -> learn(job, other));
        }
    }

    private void learn(PackageJob job, UUID segment) {
        var far = said.get(segment);
        if (far == null || job.index == null || job.share == null) {
            return;
        }
        var told = far.packages.stream()
                .filter(word ->
                        word.packageRef().equals(job.ref()) && word.manifest().equals(job.pkg.manifestSha256()))
                .findFirst();
        if (told.isEmpty() && System.nanoTime() - job.startedNanos < MANIFEST_NANOS) {
            // It heard of the package when we did, and its manifest is still on its way.
            job.share = job.share.told(segment, Holdings.none(job.index.size()), millis());
            return;
        }
        if (told.isEmpty()) {
            job.share = job.share.lost(segment);
            apply.event(job, new SwarmEvent.PeerLeft(far.uplink));
            return;
        }
        try {
            var holdings = Holdings.fromBytes(job.index.size(), told.get().bits());
            job.share = job.share.told(segment, holdings, millis());
            apply.event(job, new SwarmEvent.PeerAnnounced(far.uplink, holdings));
        } catch (IllegalArgumentException e) {
            job.share = job.share.lost(segment);
        }
    }

    /** Grants what is ours by now, if that is something else than before. */
    void judge(PackageJob job) {
        if (job.share == null || job.swarm == null) {
            return;
        }
        job.share = job.share.judged(job.swarm.held(), millis());
        var granted = job.share.granted();
        if (job.granted == null || !granted.equals(job.granted)) {
            job.granted = granted;
            apply.event(job, new SwarmEvent.WanGranted(granted));
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}

package org.pxemesh.agent.content;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.pxemesh.agent.mesh.MeshMessage.HoldingsTold;
import org.pxemesh.content.swarm.SwarmEvent;

/**
 * Of which segments this peer is the uplink, and so which chunks it may fetch over the WAN. Confined to the swarm's
 * thread.
 */
final class WanGrants {
    private final Neighbourhood neighbourhood;
    private final SiteShares.Apply apply;
    private final SiteShares shares;
    private final Set<Object> segments = ConcurrentHashMap.newKeySet();

    WanGrants(Neighbourhood neighbourhood, SiteShares.Apply apply) {
        this.neighbourhood = neighbourhood;
        this.apply = apply;
        this.shares = new SiteShares(apply);
    }

    /** Any thread. */
    boolean isGranted() {
        return !segments.isEmpty();
    }

    /**
     * This peer became a segment's uplink, or is it no more.
     *
     * @return whether it may fetch now and could not before, or the other way round
     */
    boolean change(Object segment, boolean uplink) {
        var before = isGranted();
        if (uplink) {
            segments.add(segment);
        } else {
            segments.remove(segment);
        }
        return before != isGranted();
    }

    /** The uplink of another segment of the site said what it has. */
    void said(UUID segment, UUID peer, List<HoldingsTold> packages, List<PackageJob> jobs) {
        shares.said(segment, peer, packages, jobs);
        jobs.forEach(this::judge);
    }

    /** The uplink of another segment is out of reach. */
    void lost(UUID segment, UUID peer, List<PackageJob> jobs) {
        shares.lost(segment, peer, jobs);
        jobs.forEach(this::judge);
    }

    /** Time passed, or there are other segments to share with. */
    void again(PackageJob job) {
        if (job.share == null) {
            grant(job);
        } else {
            judge(job);
        }
    }

    /** As uplink it fetches its part once it is known who else fetches; else nothing. */
    void grant(PackageJob job) {
        if (job.swarm == null || job.index == null) {
            return;
        }
        var segment = neighbourhood.uplinkOf();
        if (!isGranted() || segment.isEmpty() || !neighbourhood.isSettled()) {
            if (job.share != null) {
                job.share = null;
                job.granted = null;
                apply.event(job, new SwarmEvent.WanRevoked());
            }
            return;
        }
        shares.begin(job, segment.get());
        judge(job);
    }

    void judge(PackageJob job) {
        if (isGranted()) {
            shares.judge(job);
        }
    }
}

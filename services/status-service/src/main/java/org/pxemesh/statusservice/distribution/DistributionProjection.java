package org.pxemesh.statusservice.distribution;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.ContentCompleted;
import org.pxemesh.events.ContentProgressed;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.events.PackageBuildFailed;
import org.pxemesh.events.PackageBuildProgressed;
import org.pxemesh.events.PackageBuilt;
import org.pxemesh.events.PackageRetired;
import org.pxemesh.events.PackageState;
import org.pxemesh.events.PeerReported;
import org.pxemesh.statusservice.intake.Projection;
import org.pxemesh.statusservice.intake.Recorded;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/** Packages, their builds, and who holds how much of them. */
@Singleton
public class DistributionProjection implements Projection {

    private final InstantSource clock;

    DistributionProjection(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void apply(Sql sql, Recorded recorded) throws SQLException {
        Instant time = recorded.envelope().time();
        switch (recorded.event()) {
            case PackageBuilt e -> pkg(sql, e.pkg(), false);
            case PackageRetired e -> pkg(sql, e.pkg(), true);
            case PackageBuildProgressed e ->
                build(e.buildId(), e.name() + "@" + e.version(), e.stage(), time)
                        .set("files_done", e.filesDone())
                        .set("files", e.files())
                        .set("bytes_done", e.bytesDone())
                        .set("bytes", e.bytes())
                        .set("failure", null)
                        .run(sql);
            case PackageBuildFailed e ->
                build(e.buildId(), e.name() + "@" + e.version(), "failed", time)
                        .set("failure", e.reason())
                        .run(sql);
            case ContentProgressed e -> progressed(sql, e, time);
            case ContentCompleted e ->
                holding(e.peerId(), e.packageRef(), e.segmentId(), e.siteId(), time)
                        .set("bytes_held", e.bytes())
                        .set("bytes", e.bytes())
                        .set("complete", true)
                        .set("wan_bytes", e.wanBytes())
                        .set("lan_bytes", e.lanBytes())
                        .set("reused_bytes", e.reused())
                        .set("seconds", e.seconds())
                        .set("wan_rate", 0.0)
                        .set("lan_rate", 0.0)
                        .run(sql);
            case PeerReported e -> reported(sql, e, time);
            default -> {}
        }
    }

    private void progressed(Sql sql, ContentProgressed e, Instant time) throws SQLException {
        Rates rates = sql
                .list(
                        "select wan_bytes, lan_bytes, progressed_at from holding where peer_id = ? and package_ref = ?",
                        row -> Rates.between(
                                row.timeOrNull("progressed_at"),
                                row.number("wan_bytes"),
                                row.number("lan_bytes"),
                                time,
                                e.wanBytes(),
                                e.lanBytes()),
                        e.peerId(),
                        e.packageRef())
                .stream()
                .findFirst()
                .orElse(Rates.NONE);
        holding(e.peerId(), e.packageRef(), e.segmentId(), e.siteId(), time)
                .set("bytes_held", e.bytesHeld())
                .set("bytes", e.bytes())
                .set("complete", e.bytesHeld() >= e.bytes())
                .set("wan_bytes", e.wanBytes())
                .set("lan_bytes", e.lanBytes())
                .set("reused_bytes", e.reused())
                .set("progressed_at", time)
                .set("wan_rate", rates.wan())
                .set("lan_rate", rates.lan())
                .set("rated_at", clock.instant())
                .run(sql);
    }

    /**
     * A report is the whole truth about a peer's store at its time: what it does not name is gone. It comes by another topic
     * than progress does, so what the same peer told later, by its own clock, stands.
     */
    private static void reported(Sql sql, PeerReported e, Instant time) throws SQLException {
        Map<String, Instant> known = new HashMap<>();
        sql.list(
                "select package_ref, updated_at from holding where peer_id = ?",
                row -> known.put(row.text("package_ref"), row.time("updated_at")),
                e.peerId());
        for (HeldPackage held : e.holdings()) {
            Instant told = known.remove(held.packageRef());
            if (told == null || !told.isAfter(time)) {
                holding(e.peerId(), held.packageRef(), e.segmentId(), e.siteId(), time)
                        .set("bytes_held", held.bytesHeld())
                        .set("bytes", held.bytes())
                        .set("complete", held.complete())
                        .run(sql);
            }
        }
        for (var gone : known.entrySet()) {
            if (!gone.getValue().isAfter(time)) {
                sql.update("delete from holding where peer_id = ? and package_ref = ?", e.peerId(), gone.getKey());
            }
        }
    }

    private static void pkg(Sql sql, PackageState pkg, boolean retired) throws SQLException {
        Upsert.into("package")
                .key("ref", pkg.ref())
                .set("revision", pkg.revision())
                .set("bytes", pkg.bytes())
                .set("files", pkg.files())
                .set("retired", retired)
                .set("built_at", pkg.builtAt())
                .run(sql);
        sql.update("delete from package_build where ref = ?", pkg.ref());
    }

    private static Upsert build(UUID id, String ref, String stage, Instant time) {
        return Upsert.into("package_build")
                .key("id", id)
                .set("ref", ref)
                .set("stage", stage)
                .set("updated_at", time)
                .initially("files_done", 0)
                .initially("files", 0)
                .initially("bytes_done", 0L)
                .initially("bytes", 0L);
    }

    private static Upsert holding(UUID peerId, String ref, UUID segmentId, UUID siteId, @Nullable Instant time) {
        return Upsert.into("holding")
                .key("peer_id", peerId)
                .key("package_ref", ref)
                .set("segment_id", segmentId)
                .set("site_id", siteId)
                .set("updated_at", time)
                .initially("wan_bytes", 0L)
                .initially("lan_bytes", 0L)
                .initially("reused_bytes", 0L);
    }
}

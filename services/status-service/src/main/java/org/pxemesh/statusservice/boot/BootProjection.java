package org.pxemesh.statusservice.boot;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.pxemesh.events.BootCompleted;
import org.pxemesh.events.BootDelivered;
import org.pxemesh.events.BootFailed;
import org.pxemesh.events.BootIgnored;
import org.pxemesh.events.BootOffered;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.BootRequested;
import org.pxemesh.events.Event;
import org.pxemesh.events.FileServed;
import org.pxemesh.statusservice.intake.Projection;
import org.pxemesh.statusservice.intake.Recorded;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/** Boots: one row each for the list, one row per event for the timeline. */
@Singleton
public class BootProjection implements Projection {

    @Override
    public void apply(Sql sql, Recorded recorded) throws SQLException {
        BootRef boot = BootEvents.ref(recorded.event()).orElse(null);
        if (boot == null) {
            return;
        }
        Instant time = recorded.envelope().time();
        makeSureOf(sql, boot, time);
        addStep(sql, boot, recorded);
        moveOn(sql, boot.bootId(), recorded.event());
        tell(sql, boot, recorded.event());
    }

    private static void makeSureOf(Sql sql, BootRef boot, Instant time) throws SQLException {
        Upsert.into("boot")
                .key("id", boot.bootId())
                .set("updated_at", time)
                .initially("site_id", boot.siteId())
                .initially("segment_id", boot.segmentId())
                .initially("mac", boot.mac())
                .initially("state", BootState.REQUESTED.name())
                .initially("state_rank", BootState.REQUESTED.rank())
                .initially("started_at", time)
                .initially("ignored_count", 0)
                .initially("files", 0)
                .initially("bytes", 0L)
                .run(sql);
    }

    private static void addStep(Sql sql, BootRef boot, Recorded recorded) throws SQLException {
        Upsert.into("boot_step")
                .key("boot_id", boot.bootId())
                .key("event_id", recorded.envelope().id())
                .set("hlc", boot.hlc())
                .set("time", recorded.envelope().time())
                .set("type", recorded.envelope().type())
                .set("peer_id", boot.peerId())
                .set("data", Json.text(recorded.event()))
                .run(sql);
    }

    private static void moveOn(Sql sql, UUID id, Event event) throws SQLException {
        BootState state = BootState.after(event);
        if (state != null) {
            sql.update(
                    "update boot set state = ?, state_rank = ? where id = ? and state_rank < ?",
                    state.name(),
                    state.rank(),
                    id,
                    state.rank());
        }
    }

    private static void tell(Sql sql, BootRef boot, Event event) throws SQLException {
        UUID id = boot.bootId();
        switch (event) {
            case BootRequested e ->
                sql.update(
                        "update boot set architecture = ?, vendor_class = ?, smbios_guid = ?, computer_id = ?,"
                                + " attempt = ? where id = ?",
                        e.architecture(),
                        e.vendorClass(),
                        e.smbiosGuid(),
                        e.computerId(),
                        e.attempt(),
                        id);
            case BootIgnored e ->
                sql.update(
                        "update boot set reasons = ?, ignored_count = ignored_count + ? where id = ?",
                        Json.text(e.reasons()),
                        e.count(),
                        id);
            case BootOffered e ->
                sql.update(
                        "update boot set package_ref = ?, reply_form = ?, responder = ?, responder_peer_id = ?"
                                + " where id = ?",
                        e.packageRef(),
                        e.replyForm(),
                        e.responder(),
                        boot.peerId(),
                        id);
            case FileServed e ->
                sql.update("update boot set files = files + 1, bytes = bytes + ? where id = ?", e.bytes(), id);
            case BootDelivered e ->
                sql.update(
                        "update boot set seconds = ? where id = ? and state <> ?",
                        e.seconds(),
                        id,
                        BootState.COMPLETED.name());
            case BootCompleted e -> {
                if (e.seconds() > 0) { // a peer that was started anew since does not know when it began
                    sql.update("update boot set seconds = ? where id = ?", e.seconds(), id);
                }
            }
            case BootFailed e ->
                sql.update(
                        "update boot set failure = ? where id = ?",
                        e.reason() + (e.detail().isBlank() ? "" : ": " + e.detail()),
                        id);
            default -> {}
        }
    }
}

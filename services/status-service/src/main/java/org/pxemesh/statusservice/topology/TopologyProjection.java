package org.pxemesh.statusservice.topology;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.events.Event;
import org.pxemesh.events.PeerElected;
import org.pxemesh.events.PeerJoined;
import org.pxemesh.events.PeerLeft;
import org.pxemesh.events.PeerReported;
import org.pxemesh.statusservice.intake.Projection;
import org.pxemesh.statusservice.intake.Recorded;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/**
 * Who is where and who is elected. After a partition both halves have elected: the highest term wins, whichever word comes
 * last. What it accepts goes out to {@code pxemesh.topology} too.
 */
@Singleton
public class TopologyProjection implements Projection {

    private final TopologyOutbox outbox;

    TopologyProjection(TopologyOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void apply(Sql sql, Recorded recorded) throws SQLException {
        Event event = recorded.event();
        Instant time = recorded.envelope().time();
        boolean accepted = switch (event) {
            case PeerElected e -> elected(sql, e, time);
            case PeerJoined e -> joined(sql, e, time);
            case PeerLeft e -> left(sql, e, time);
            case PeerReported e -> reported(sql, e, time);
            default -> false;
        };
        if (accepted) {
            outbox.put(sql, event);
        }
    }

    private static boolean elected(Sql sql, PeerElected e, Instant time) throws SQLException {
        Optional<Long> known =
                sql.first("select term from segment where id = ?", row -> row.number("term"), e.segmentId());
        if (known.isPresent() && known.get() >= e.term()) {
            return false;
        }
        Upsert.into("segment")
                .key("id", e.segmentId())
                .set("site_id", e.siteId())
                .set("uplink_id", e.peerId())
                .set("uplink_address", e.address())
                .set("term", e.term())
                .set("members", e.members())
                .set("elected_at", time)
                .run(sql);
        return true;
    }

    private static boolean joined(Sql sql, PeerJoined e, Instant time) throws SQLException {
        makeSureOfSegment(sql, e.siteId(), e.segmentId());
        peer(e.peerId(), e.siteId(), e.segmentId(), time)
                .set("address", e.address())
                .set("agent_version", e.agentVersion())
                .run(sql);
        return true;
    }

    private static boolean left(Sql sql, PeerLeft e, Instant time) throws SQLException {
        // A peer that went over to another segment has not left that one.
        return sql.update(
                        "update peer set joined = ?, left_at = ?, graceful = ? where id = ? and segment_id = ?",
                        false,
                        time,
                        e.graceful(),
                        e.peerId(),
                        e.segmentId())
                == 1;
    }

    private static boolean reported(Sql sql, PeerReported e, Instant time) throws SQLException {
        makeSureOfSegment(sql, e.siteId(), e.segmentId());
        peer(e.peerId(), e.siteId(), e.segmentId(), time)
                .set("hostname", e.hostname())
                .set("address", e.address())
                .set("interface_name", e.interfaceName())
                .set("macs", Json.text(e.macs()))
                .set("labels", Json.text(e.labels()))
                .set("problems", Json.text(e.problems()))
                .set("policy_revision", e.policyRevision())
                .run(sql);
        return true;
    }

    private static Upsert peer(UUID id, UUID siteId, UUID segmentId, Instant time) {
        return Upsert.into("peer")
                .key("id", id)
                .set("site_id", siteId)
                .set("segment_id", segmentId)
                .set("joined", true)
                .set("last_seen", time)
                .set("left_at", null)
                .set("graceful", null)
                .initially("macs", Json.text(List.of()))
                .initially("labels", Json.text(Map.of()))
                .initially("problems", Json.text(List.of()))
                .initially("policy_revision", 0L);
    }

    private static void makeSureOfSegment(Sql sql, UUID siteId, UUID segmentId) throws SQLException {
        Upsert.into("segment")
                .key("id", segmentId)
                .set("site_id", siteId)
                .initially("term", 0L)
                .initially("members", 0)
                .run(sql);
    }
}

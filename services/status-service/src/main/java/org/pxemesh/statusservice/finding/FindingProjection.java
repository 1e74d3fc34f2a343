package org.pxemesh.statusservice.finding;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.pxemesh.events.SegmentFinding;
import org.pxemesh.events.SegmentSurveyed;
import org.pxemesh.statusservice.intake.Projection;
import org.pxemesh.statusservice.intake.Recorded;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/** The last look of each peer at its segment. Looks come late when HQ was away: the latest counts, not the last to come. */
@Singleton
public class FindingProjection implements Projection {

    /** Peers repeat themselves daily: what two days have not confirmed is not shown. */
    public static final Duration FRESH = Duration.ofDays(2);

    /**
     * Findings {@code f} of surveys {@code v} that count: not those of peers that left; who comes back sees them still.
     * One parameter: since when a survey counts.
     */
    public static final String THAT_COUNT = " segment_finding f"
            + " join segment_survey v on v.segment_id = f.segment_id and v.peer_id = f.peer_id"
            + " left join peer p on p.id = v.peer_id and p.segment_id = v.segment_id"
            + " left join site s on s.id = v.site_id"
            + " where coalesce(p.joined, true) and v.looked_at > ? ";

    /** More than a segment can have in earnest; the rest is somebody's flood. */
    private static final int OF_A_PEER = 64;

    private static final int TEXT = 1_000;

    private final InstantSource clock;

    FindingProjection(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void apply(Sql sql, Recorded recorded) throws SQLException {
        switch (recorded.event()) {
            case SegmentSurveyed e ->
                surveyed(sql, e, notAhead(recorded.envelope().time()));
            default -> {}
        }
    }

    /** A peer whose clock is ahead would otherwise outlast its own next look after the clock was set. */
    private Instant notAhead(Instant time) {
        Instant now = clock.instant();
        return time.isAfter(now) ? now : time;
    }

    private static void surveyed(Sql sql, SegmentSurveyed e, Instant time) throws SQLException {
        Optional<Instant> known = sql.first(
                "select looked_at from segment_survey where segment_id = ? and peer_id = ?",
                row -> row.time("looked_at"),
                e.segmentId(),
                e.peerId());
        if (known.filter(time::isBefore).isPresent()) {
            return;
        }
        Map<String, Instant> since = new HashMap<>();
        sql.list(
                "select code, server, since from segment_finding where segment_id = ? and peer_id = ?",
                row -> since.put(row.text("code") + " " + row.text("server"), row.time("since")),
                e.segmentId(),
                e.peerId());
        forget(sql, e.segmentId(), e.peerId());
        Upsert.into("segment_survey")
                .key("segment_id", e.segmentId())
                .key("peer_id", e.peerId())
                .set("site_id", e.siteId())
                .set("looked_at", time)
                .run(sql);
        Map<String, SegmentFinding> distinct = new LinkedHashMap<>();
        e.findings().stream().limit(OF_A_PEER).forEach(finding -> distinct.putIfAbsent(key(finding), finding));
        for (var entry : distinct.entrySet()) {
            insert(sql, e, entry.getValue(), since.getOrDefault(entry.getKey(), time));
        }
    }

    private static void insert(Sql sql, SegmentSurveyed e, SegmentFinding finding, Instant since) throws SQLException {
        Upsert.into("segment_finding")
                .key("segment_id", e.segmentId())
                .key("peer_id", e.peerId())
                .key("code", cut(finding.code()))
                .key("server", cut(finding.server()))
                .set("symptom", cut(finding.symptom()))
                .set("meaning", cut(finding.meaning()))
                .set("cure", cut(finding.cure()))
                .set("detail", cut(finding.detail()))
                .set("since", since)
                .run(sql);
    }

    private static String key(SegmentFinding finding) {
        return cut(finding.code()) + " " + cut(finding.server());
    }

    /** An agent sends neither long texts nor control characters; whoever else does writes to no terminal by it. */
    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), TEXT)).replaceAll("\\p{Cntrl}", "?");
    }

    private static void forget(Sql sql, UUID segmentId, UUID peerId) throws SQLException {
        sql.update("delete from segment_finding where segment_id = ? and peer_id = ?", segmentId, peerId);
        sql.update("delete from segment_survey where segment_id = ? and peer_id = ?", segmentId, peerId);
    }
}

package org.pxemesh.statusservice.overview;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.pxemesh.statusservice.finding.FindingProjection;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.stream.EventLog;

/** The console's first question. */
@Path("/api/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class OverviewResource {

    private final Database database;
    private final EventLog log;
    private final InstantSource clock;

    OverviewResource(Database database, EventLog log, InstantSource clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The house in numbers.
     *
     * @param oldestEventId the first event that the live stream can still tell
     * @param lastEventId open the live stream with {@code ?after=} this, and nothing that comes later is missed
     * @param troubled joined peers with a problem
     * @param findings what is in the way of boot clients in the segments, see {@code /api/v1/findings}
     * @param bootsToday boots of the last 24 hours by state
     */
    public record Overview(
            long oldestEventId,
            long lastEventId,
            int sites,
            int segments,
            int segmentsWithUplink,
            int peers,
            int joined,
            int troubled,
            int findings,
            Map<String, Integer> bootsToday) {}

    @GET
    @Operation(summary = "The house in numbers, and where the live stream is")
    public Overview overview() {
        EventLog.Range events = log.range();
        Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
        return database.read(sql -> {
            Map<String, Integer> boots = new TreeMap<>();
            sql.list(
                    "select state, count(*) as n from boot where started_at > ? group by state",
                    row -> boots.put(row.text("state").toLowerCase(Locale.ROOT), row.integer("n")),
                    dayAgo);
            return new Overview(
                    events.oldest(),
                    events.newest(),
                    count(sql, "site"),
                    count(sql, "segment"),
                    count(sql, "segment g join peer p on p.id = g.uplink_id and p.joined"),
                    count(sql, "peer"),
                    count(sql, "peer where joined"),
                    count(sql, "peer where joined and problems <> '[]'"),
                    count(
                            sql,
                            "(select distinct f.segment_id, f.code, f.server from" + FindingProjection.THAT_COUNT
                                    + ") d",
                            clock.instant().minus(FindingProjection.FRESH)),
                    boots);
        });
    }

    private static int count(Sql sql, String from, Object... parameters) throws SQLException {
        return sql.list("select count(*) as n from " + from, row -> row.integer("n"), parameters)
                .getFirst();
    }
}

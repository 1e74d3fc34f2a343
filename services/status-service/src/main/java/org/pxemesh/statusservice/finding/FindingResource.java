package org.pxemesh.statusservice.finding;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.pxemesh.statusservice.Parameters;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Row;

/** Findings over REST: one for each segment, code and server, however many peers see it. */
@Path("/api/v1/findings")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class FindingResource {

    private static final int MOST = 1_000;

    private final Database database;
    private final InstantSource clock;

    FindingResource(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "What is in the way of boot clients in the segments, with the cure; filter by site")
    public List<Finding> findings(@QueryParam("site") @Nullable String site) {
        List<Object> parameters = new ArrayList<>();
        parameters.add(clock.instant().minus(FindingProjection.FRESH));
        if (site != null) {
            parameters.add(Parameters.uuid("site", site));
        }
        return database.read(sql -> sql.list(
                "select v.site_id, s.name as site_name, f.segment_id, f.code, f.server, min(f.symptom) as symptom,"
                        + " min(f.meaning) as meaning, min(f.cure) as cure, min(f.detail) as detail,"
                        + " count(*) as peers, min(f.since) as since, max(v.looked_at) as seen_at"
                        + " from" + FindingProjection.THAT_COUNT
                        + (site == null ? "" : " and v.site_id = ?")
                        + " group by v.site_id, s.name, f.segment_id, f.code, f.server"
                        + " order by s.name, f.segment_id, f.code, f.server fetch first " + MOST + " rows only",
                FindingResource::finding,
                parameters.toArray()));
    }

    private static Finding finding(Row row) throws SQLException {
        return new Finding(
                row.uuid("site_id"),
                row.textOrNull("site_name"),
                row.uuid("segment_id"),
                row.text("code"),
                row.text("server"),
                row.text("symptom"),
                row.text("meaning"),
                row.text("cure"),
                row.text("detail"),
                row.integer("peers"),
                row.time("since"),
                row.time("seen_at"));
    }
}

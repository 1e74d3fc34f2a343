package org.pxemesh.statusservice.topology;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.HeldPackage;
import org.pxemesh.statusservice.Parameters;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Row;
import org.pxemesh.statusservice.sql.Sql;

/** Segments and peers over REST. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class TopologyResource {

    private final Database database;

    TopologyResource(Database database) {
        this.database = database;
    }

    @GET
    @Path("segments")
    @Operation(summary = "Segments with their elected uplink; filter by site")
    public List<Segment> segments(@QueryParam("site") @Nullable String site) {
        Where where = new Where().equal("g.site_id", "site", site);
        return database.read(sql -> sql.list(
                "select g.*, s.name as site_name, u.hostname as uplink_host, u.joined as uplink_joined,"
                        + " (select count(*) from peer p where p.segment_id = g.id) as peers,"
                        + " (select count(*) from peer p where p.segment_id = g.id and p.joined) as joined"
                        + " from segment g left join site s on s.id = g.site_id left join peer u on u.id = g.uplink_id"
                        + where.text() + " order by s.name, g.id",
                TopologyResource::segment,
                where.parameters()));
    }

    @GET
    @Path("peers")
    @Operation(summary = "Peers with health and holdings; filter by site and segment")
    public List<Peer> peers(
            @QueryParam("site") @Nullable String site, @QueryParam("segment") @Nullable String segment) {
        Where where = new Where().equal("p.site_id", "site", site).equal("p.segment_id", "segment", segment);
        return database.read(sql -> {
            Map<UUID, List<HeldPackage>> holdings = holdings(sql);
            return sql.list(
                    "select p.*, g.uplink_id from peer p left join segment g on g.id = p.segment_id" + where.text()
                            + " order by p.hostname, p.address, p.id",
                    row -> peer(row, holdings),
                    where.parameters());
        });
    }

    private static Map<UUID, List<HeldPackage>> holdings(Sql sql) throws SQLException {
        Map<UUID, List<HeldPackage>> byPeer = new HashMap<>();
        sql.list(
                "select peer_id, package_ref, bytes_held, bytes, complete from holding order by package_ref",
                row -> byPeer.computeIfAbsent(row.uuid("peer_id"), id -> new ArrayList<>())
                        .add(new HeldPackage(
                                row.text("package_ref"),
                                row.number("bytes_held"),
                                row.number("bytes"),
                                row.flag("complete"))));
        return byPeer;
    }

    private static Segment segment(Row row) throws SQLException {
        UUID uplink = row.uuidOrNull("uplink_id");
        Instant electedAt = row.timeOrNull("elected_at");
        return new Segment(
                row.uuid("id"),
                row.uuid("site_id"),
                row.textOrNull("site_name"),
                uplink == null || electedAt == null
                        ? null
                        : new Segment.Uplink(
                                uplink,
                                row.textOrNull("uplink_host"),
                                row.text("uplink_address"),
                                row.flag("uplink_joined"),
                                row.number("term"),
                                row.integer("members"),
                                electedAt),
                row.integer("peers"),
                row.integer("joined"));
    }

    private static Peer peer(Row row, Map<UUID, List<HeldPackage>> holdings) throws SQLException {
        UUID id = row.uuid("id");
        return new Peer(
                id,
                row.uuid("site_id"),
                row.uuid("segment_id"),
                row.flag("joined") ? "joined" : "left",
                row.flag("joined") && id.equals(row.uuidOrNull("uplink_id")),
                row.textOrNull("hostname"),
                row.textOrNull("address"),
                row.textOrNull("interface_name"),
                row.textOrNull("agent_version"),
                Json.strings(row.text("macs")),
                Json.labels(row.text("labels")),
                Json.strings(row.text("problems")),
                row.number("policy_revision"),
                row.time("last_seen"),
                row.timeOrNull("left_at"),
                row.flagOrNull("graceful"),
                holdings.getOrDefault(id, List.of()));
    }

    /** Conditions of a query, as many as were asked for. */
    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        Where equal(String column, String parameter, @Nullable String id) {
            if (id != null) {
                conditions.add(column + " = ?");
                parameters.add(Parameters.uuid(parameter, id));
            }
            return this;
        }

        String text() {
            return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        }

        Object[] parameters() {
            return parameters.toArray();
        }
    }
}

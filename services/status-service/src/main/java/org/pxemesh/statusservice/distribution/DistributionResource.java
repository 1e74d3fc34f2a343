package org.pxemesh.statusservice.distribution;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Row;
import org.pxemesh.statusservice.sql.Sql;

/** Distribution over REST. */
@Path("/api/v1/distribution")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Singleton
public class DistributionResource {

    private final Database database;

    DistributionResource(Database database) {
        this.database = database;
    }

    /** What one peer holds of a package; byte counts are verified and stored bytes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Holder(
            UUID peerId,
            @Nullable String hostname,
            UUID segmentId,
            boolean joined,
            long bytesHeld,
            long bytes,
            boolean complete,
            long wanBytes,
            long lanBytes,
            @Nullable Double seconds) {}

    /** A build that works, or why it failed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Build(
            String stage,
            int filesDone,
            int files,
            long bytesDone,
            long bytes,
            @Nullable String failure,
            Instant updatedAt) {}

    /**
     * A package and who holds it.
     *
     * @param state building, failed, built or retired
     * @param holders peers in the mesh that hold all of it
     * @param wanBytes fetched over the WAN by all peers together
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Distribution(
            String packageRef,
            String state,
            long bytes,
            int files,
            @Nullable Instant builtAt,
            int holders,
            long wanBytes,
            long lanBytes,
            @Nullable Build build,
            List<Holder> peers) {}

    @GET
    @Operation(summary = "Packages with the peers that hold them")
    public List<Distribution> list() {
        return database.read(sql -> {
            Map<String, List<Holder>> holders = holders(sql);
            List<Distribution> all = new ArrayList<>(sql.list(
                    "select * from package_build order by updated_at desc",
                    row -> new Distribution(
                            row.text("ref"),
                            row.textOrNull("failure") == null ? "building" : "failed",
                            row.number("bytes"),
                            row.integer("files"),
                            null,
                            0,
                            0,
                            0,
                            build(row),
                            List.of())));
            all.addAll(sql.list("select * from package order by built_at desc", row -> {
                String ref = row.text("ref");
                List<Holder> peers = holders.getOrDefault(ref, List.of());
                return new Distribution(
                        ref,
                        row.flag("retired") ? "retired" : "built",
                        row.number("bytes"),
                        row.integer("files"),
                        row.time("built_at"),
                        (int) peers.stream()
                                .filter(p -> p.joined() && p.complete())
                                .count(),
                        peers.stream().mapToLong(Holder::wanBytes).sum(),
                        peers.stream().mapToLong(Holder::lanBytes).sum(),
                        null,
                        peers);
            }));
            return all;
        });
    }

    private static Map<String, List<Holder>> holders(Sql sql) throws SQLException {
        Map<String, List<Holder>> byPackage = new LinkedHashMap<>();
        sql.list(
                "select h.*, p.hostname, p.joined from holding h left join peer p on p.id = h.peer_id"
                        + " order by p.hostname, h.peer_id",
                row -> byPackage
                        .computeIfAbsent(row.text("package_ref"), ref -> new ArrayList<>())
                        .add(new Holder(
                                row.uuid("peer_id"),
                                row.textOrNull("hostname"),
                                row.uuid("segment_id"),
                                row.flag("joined"),
                                row.number("bytes_held"),
                                row.number("bytes"),
                                row.flag("complete"),
                                row.number("wan_bytes"),
                                row.number("lan_bytes"),
                                row.decimalOrNull("seconds"))));
        return byPackage;
    }

    private static Build build(Row row) throws SQLException {
        return new Build(
                row.text("stage"),
                row.integer("files_done"),
                row.integer("files"),
                row.number("bytes_done"),
                row.number("bytes"),
                row.textOrNull("failure"),
                row.time("updated_at"));
    }
}

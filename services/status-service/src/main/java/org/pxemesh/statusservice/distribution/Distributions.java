package org.pxemesh.statusservice.distribution;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.statusservice.distribution.Distribution.AtPeer;
import org.pxemesh.statusservice.distribution.Distribution.AtSite;
import org.pxemesh.statusservice.distribution.Distribution.Build;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Row;
import org.pxemesh.statusservice.sql.Sql;

/** Reads how far packages have spread. Sums are the database's: a fleet has more peers than an answer may hold. */
@Singleton
public class Distributions {

    /** A column's sum over what is fresh. */
    private static final String RATE = "sum(case when h.rated_at > ? then %1$s else 0 end) as %1$s";

    private static final String RATES = RATE.formatted("wan_rate") + ", " + RATE.formatted("lan_rate");

    private final Database database;
    private final InstantSource clock;

    Distributions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Sums(
            int sites, int complete, int holders, long wan, long lan, long reused, long wanRate, long lanRate) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Builds under way first, then packages, the newest first. */
    List<Distribution> all() {
        return database.read(sql -> {
            Map<String, Sums> sums = sums(sql);
            List<Distribution> all = new ArrayList<>(
                    sql.list("select * from package_build order by updated_at desc", Distributions::building));
            all.addAll(sql.list("select * from package order by built_at desc", row -> {
                Sums s = sums.getOrDefault(row.text("ref"), Sums.NONE);
                return new Distribution(
                        row.text("ref"),
                        row.flag("retired") ? "retired" : "built",
                        row.number("bytes"),
                        row.integer("files"),
                        row.time("built_at"),
                        s.holders,
                        s.sites,
                        s.complete,
                        s.wan,
                        s.lan,
                        s.reused,
                        s.wanRate,
                        s.lanRate,
                        null);
            }));
            return all;
        });
    }

    /**
     * The sites of a package: where bytes flow, then the unfinished, then the others by name.
     *
     * @param limit how many, the first ones
     */
    List<AtSite> sites(String packageRef, int limit) {
        Instant fresh = fresh();
        return database.read(sql -> sql.list(
                "select q.*, s.name from (select h.site_id, max(h.bytes_held) as bytes_held, max(h.bytes) as bytes,"
                        + " count(*) as peers,"
                        + " sum(case when h.complete and p.joined then 1 else 0 end) as holders,"
                        + " sum(h.wan_bytes) as wan_bytes, sum(h.lan_bytes) as lan_bytes,"
                        + " sum(h.reused_bytes) as reused_bytes, " + RATES
                        + ", max(h.updated_at) as updated_at"
                        + " from holding h left join peer p on p.id = h.peer_id where h.package_ref = ?"
                        + " group by h.site_id) q left join site s on s.id = q.site_id"
                        + " order by case when q.wan_rate + q.lan_rate > 0 then 0 when q.holders < q.peers then 1 else 2 end,"
                        + " s.name, q.site_id limit ?",
                row -> new AtSite(
                        row.uuid("site_id"),
                        row.textOrNull("name"),
                        row.number("bytes_held"),
                        row.number("bytes"),
                        row.integer("peers"),
                        row.integer("holders"),
                        row.number("wan_bytes"),
                        row.number("lan_bytes"),
                        row.number("reused_bytes"),
                        row.number("wan_rate"),
                        row.number("lan_rate"),
                        row.time("updated_at")),
                fresh,
                fresh,
                packageRef,
                limit));
    }

    /** The peers of a package at one site, by name. */
    List<AtPeer> peers(String packageRef, UUID site) {
        Instant fresh = fresh();
        return database.read(sql -> sql.list(
                "select h.*, p.hostname, p.joined from holding h left join peer p on p.id = h.peer_id"
                        + " where h.package_ref = ? and h.site_id = ? order by p.hostname, h.peer_id",
                row -> peer(row, fresh),
                packageRef,
                site));
    }

    private Instant fresh() {
        return clock.instant().minus(Rates.FRESH);
    }

    private Map<String, Sums> sums(Sql sql) throws SQLException {
        Instant fresh = fresh();
        Map<String, Sums> byPackage = new HashMap<>();
        sql.list(
                "select package_ref, count(*) as sites, sum(case when holders > 0 then 1 else 0 end) as complete,"
                        + " sum(holders) as holders, sum(wan_bytes) as wan_bytes, sum(lan_bytes) as lan_bytes,"
                        + " sum(reused_bytes) as reused_bytes,"
                        + " sum(wan_rate) as wan_rate, sum(lan_rate) as lan_rate from"
                        + " (select h.package_ref, h.site_id,"
                        + " sum(case when h.complete and p.joined then 1 else 0 end) as holders,"
                        + " sum(h.wan_bytes) as wan_bytes, sum(h.lan_bytes) as lan_bytes,"
                        + " sum(h.reused_bytes) as reused_bytes, " + RATES
                        + " from holding h left join peer p on p.id = h.peer_id group by h.package_ref, h.site_id) q"
                        + " group by package_ref",
                row -> byPackage.put(
                        row.text("package_ref"),
                        new Sums(
                                row.integer("sites"),
                                row.integer("complete"),
                                row.integer("holders"),
                                row.number("wan_bytes"),
                                row.number("lan_bytes"),
                                row.number("reused_bytes"),
                                row.number("wan_rate"),
                                row.number("lan_rate"))),
                fresh,
                fresh);
        return byPackage;
    }

    private static AtPeer peer(Row row, Instant fresh) throws SQLException {
        @Nullable Instant rated = row.timeOrNull("rated_at");
        boolean isFresh = rated != null && rated.isAfter(fresh);
        return new AtPeer(
                row.uuid("peer_id"),
                row.textOrNull("hostname"),
                row.uuid("site_id"),
                row.uuid("segment_id"),
                Boolean.TRUE.equals(row.flagOrNull("joined")),
                row.number("bytes_held"),
                row.number("bytes"),
                row.flag("complete"),
                row.number("wan_bytes"),
                row.number("lan_bytes"),
                row.number("reused_bytes"),
                isFresh ? row.number("wan_rate") : 0,
                isFresh ? row.number("lan_rate") : 0,
                row.decimalOrNull("seconds"));
    }

    private static Distribution building(Row row) throws SQLException {
        String failure = row.textOrNull("failure");
        return new Distribution(
                row.text("ref"),
                failure == null ? "building" : "failed",
                row.number("bytes"),
                row.integer("files"),
                null,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                new Build(
                        row.text("stage"),
                        row.integer("files_done"),
                        row.integer("files"),
                        row.number("bytes_done"),
                        row.number("bytes"),
                        failure,
                        row.time("updated_at")));
    }
}

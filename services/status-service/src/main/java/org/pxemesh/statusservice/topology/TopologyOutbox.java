package org.pxemesh.statusservice.topology;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventCodec;
import org.pxemesh.events.EventType;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.events.TopicCatalog;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/**
 * What the compacted topic shall say next, by key: written with the projection, so that a crash between the two loses
 * nothing, and only the newest word of each key, as compaction would keep no other.
 */
@Singleton
class TopologyOutbox {

    /** A word that waits; {@code version} tells it from a newer one of the same key. */
    record Waiting(String key, long version, Event event) {}

    private static final int BATCH = 500;

    private final Database database;

    TopologyOutbox(Database database) {
        this.database = database;
    }

    void put(Sql sql, Event event) throws SQLException {
        String key = TopicCatalog.keyOf(event);
        long version =
                sql.first("select version from topology_outbox where topic_key = ?", row -> row.number("version"), key)
                                .orElse(0L)
                        + 1;
        Upsert.into("topology_outbox")
                .key("topic_key", key)
                .set("version", version)
                .set("type", EventType.of(event.getClass()))
                .set("data", new String(EventCodec.encode(event), StandardCharsets.UTF_8))
                .run(sql);
    }

    List<Waiting> waiting() {
        return database.read(sql -> sql.list(
                "select topic_key, version, type, data from topology_outbox order by topic_key fetch first " + BATCH
                        + " rows only",
                row -> new Waiting(
                        row.text("topic_key"), row.number("version"), decode(row.text("type"), row.text("data")))));
    }

    /** Drops what Kafka has; a newer word of the same key stays. */
    void written(List<Waiting> done) throws SQLException {
        database.inTransaction(sql -> {
            int rows = 0;
            for (Waiting waiting : done) {
                rows += sql.update(
                        "delete from topology_outbox where topic_key = ? and version = ?",
                        waiting.key(),
                        waiting.version());
            }
            return rows;
        });
    }

    private static Event decode(String type, String data) {
        try {
            return EventCodec.decode(type, data.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedEventException e) {
            throw new IllegalStateException("not an event in the outbox: " + data, e);
        }
    }
}

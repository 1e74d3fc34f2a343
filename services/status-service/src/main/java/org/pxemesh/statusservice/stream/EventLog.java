package org.pxemesh.statusservice.stream;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pxemesh.events.BootRef;
import org.pxemesh.events.Envelope;
import org.pxemesh.events.Event;
import org.pxemesh.statusservice.boot.BootEvents;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Row;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.topology.Origin;

/**
 * The events in the order in which they were projected, numbered for {@code Last-Event-ID}. Readers page through the table,
 * so a slow one costs no memory: it is just further behind.
 */
@Singleton
public class EventLog {

    /** The newest and oldest number that a reader can ask for. */
    public record Range(long oldest, long newest) {}

    private final Database database;
    private volatile CompletableFuture<Boolean> next = new CompletableFuture<>();

    EventLog(Database database) {
        this.database = database;
    }

    /** Appends inside the batch's transaction. */
    public void append(Sql sql, Envelope envelope, Event event) throws SQLException {
        BootRef boot = BootEvents.ref(event).orElse(null);
        Origin origin = Origin.of(event);
        sql.update(
                "insert into event (type, time, site_id, segment_id, peer_id, boot_id, data)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                envelope.type(),
                envelope.time(),
                origin.siteId(),
                origin.segmentId(),
                origin.peerId(),
                boot == null ? null : boot.bootId(),
                Json.text(event));
    }

    /** Wakes the readers that wait for more; called by the one writer. */
    public void committed() {
        CompletableFuture<Boolean> told = next;
        next = new CompletableFuture<>();
        told.complete(true);
    }

    /** Completes with the next commit. Ask before reading, or a commit in between is missed. */
    CompletableFuture<Boolean> more() {
        return next;
    }

    /** Events after a number, oldest first. */
    List<LoggedEvent> after(long id, int limit) {
        return database.read(sql -> sql.list(
                "select id, type, time, site_id, segment_id, peer_id, boot_id, data from event where id > ?"
                        + " order by id fetch first " + limit + " rows only",
                EventLog::logged,
                id));
    }

    /** What is kept; {@code newest} is 0 when nothing ever was. */
    public Range range() {
        return database.read(sql -> sql.list(
                        "select coalesce(min(id), 0) as oldest, coalesce(max(id), 0) as newest from event",
                        row -> new Range(row.number("oldest"), row.number("newest"))))
                .getFirst();
    }

    private static LoggedEvent logged(Row row) throws SQLException {
        return new LoggedEvent(
                row.number("id"),
                row.text("type"),
                row.time("time"),
                row.uuidOrNull("site_id"),
                row.uuidOrNull("segment_id"),
                row.uuidOrNull("peer_id"),
                row.uuidOrNull("boot_id"),
                Json.tree(row.text("data")));
    }
}

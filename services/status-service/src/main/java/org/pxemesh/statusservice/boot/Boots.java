package org.pxemesh.statusservice.boot;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pxemesh.events.Event;
import org.pxemesh.events.EventCodec;
import org.pxemesh.events.MalformedEventException;
import org.pxemesh.statusservice.sql.Database;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Row;

/** Questions about boots. */
@Singleton
class Boots {

    private static final String SELECT = "select b.*, s.name as site_name, c.name as computer_name, p.hostname as"
            + " responder_host from boot b left join site s on s.id = b.site_id left join computer c on c.id ="
            + " b.computer_id left join peer p on p.id = b.responder_peer_id";

    /** Which boots; null asks for any. */
    record Filter(
            @Nullable String mac,
            @Nullable UUID siteId,
            @Nullable BootState state) {}

    /** A boot and its place in the list, from which the next page goes on. */
    record Listed(long seq, Boot boot) {}

    private final Database database;

    Boots(Database database) {
        this.database = database;
    }

    /** Newest first, only those listed after {@code before} when it is given. */
    List<Listed> list(Filter filter, @Nullable Long before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        List<Object> parameters = new ArrayList<>();
        if (filter.mac() != null) {
            conditions.add("b.mac = ?");
            parameters.add(filter.mac());
        }
        if (filter.siteId() != null) {
            conditions.add("b.site_id = ?");
            parameters.add(filter.siteId());
        }
        if (filter.state() != null) {
            conditions.add("b.state = ?");
            parameters.add(filter.state().name());
        }
        if (before != null) {
            conditions.add("b.seq < ?");
            parameters.add(before);
        }
        return database.read(sql -> sql.list(
                SELECT + " where " + String.join(" and ", conditions) + " order by b.seq desc fetch first " + limit
                        + " rows only",
                row -> new Listed(row.number("seq"), boot(row)),
                parameters.toArray()));
    }

    Optional<Boot> find(UUID id) {
        return database.read(sql -> sql.first(SELECT + " where b.id = ?", Boots::boot, id));
    }

    /** In the order of the peers' hybrid logical clocks. */
    List<BootStep> timeline(UUID id) {
        return database.read(sql -> sql.list(
                "select t.*, p.hostname from boot_step t left join peer p on p.id = t.peer_id where t.boot_id = ?"
                        + " order by t.hlc, t.time, t.event_id",
                Boots::step,
                id));
    }

    private static BootStep step(Row row) throws SQLException {
        String data = row.text("data");
        Event event;
        try {
            event = EventCodec.decode(row.text("type"), data.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (MalformedEventException e) {
            throw new IllegalStateException("not an event in the database: " + data, e);
        }
        return new BootStep(
                row.text("type"),
                event.getClass().getSimpleName(),
                row.time("time"),
                row.uuid("peer_id"),
                row.textOrNull("hostname"),
                BootEvents.summary(event),
                Json.tree(data));
    }

    private static Boot boot(Row row) throws SQLException {
        Integer architecture = row.integerOrNull("architecture");
        return new Boot(
                row.uuid("id"),
                BootState.valueOf(row.text("state")).id(),
                row.text("mac"),
                row.uuid("site_id"),
                row.textOrNull("site_name"),
                row.uuid("segment_id"),
                row.uuidOrNull("computer_id"),
                row.textOrNull("computer_name"),
                architecture == null ? null : Architectures.name(architecture),
                row.textOrNull("vendor_class"),
                row.textOrNull("smbios_guid"),
                row.textOrNull("package_ref"),
                row.textOrNull("reply_form"),
                row.textOrNull("responder"),
                row.uuidOrNull("responder_peer_id"),
                row.textOrNull("responder_host"),
                Json.strings(row.textOrNull("reasons")),
                row.integer("ignored_count"),
                row.integer("files"),
                row.number("bytes"),
                row.decimalOrNull("seconds"),
                row.textOrNull("failure"),
                row.time("started_at"),
                row.time("updated_at"));
    }
}

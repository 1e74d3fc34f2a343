package org.pxemesh.statusservice.intake;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/**
 * Tells agents' events apart from their repetitions within one batch. The window is kept per topic, as the topics of one
 * agent are read at different speeds. HQ's own records need none: they are written in transactions, and offsets are stored.
 */
final class Duplicates {

    /** One run of an agent as one topic knows it. */
    private record Run(String agent, String topic, long start) {}

    private record EventId(String agent, long start, long sequence) {

        /** Reads {@code <agent>:<start>:<sequence>}; another form is not an agent's. */
        static Optional<EventId> parse(String id) {
            String[] parts = id.split(":", -1);
            try {
                return parts.length == 3
                        ? Optional.of(new EventId(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    private final Sql sql;
    private final Map<Run, ReplayWindow> windows = new HashMap<>();

    Duplicates(Sql sql) {
        this.sql = sql;
    }

    /** Whether this event is told for the first time; it counts as seen from now on. */
    boolean firstSight(Recorded recorded) throws SQLException {
        Optional<EventId> id = EventId.parse(recorded.envelope().id());
        if (id.isEmpty()) {
            return true;
        }
        Run run = new Run(id.get().agent(), recorded.record().topic(), id.get().start());
        ReplayWindow window = windows.get(run);
        if (window == null) {
            window = stored(run);
        }
        boolean first = !window.saw(id.get().sequence());
        windows.put(run, window.with(id.get().sequence()));
        return first;
    }

    /** Keeps what was seen, with the rest of the transaction. */
    void store(Instant now) throws SQLException {
        for (var entry : windows.entrySet()) {
            Run run = entry.getKey();
            Upsert.into("replay_window")
                    .key("agent", run.agent())
                    .key("topic", run.topic())
                    .key("start_no", run.start())
                    .set("highest", entry.getValue().highest())
                    .set("seen", entry.getValue().seen())
                    .set("touched", now)
                    .run(sql);
        }
    }

    private ReplayWindow stored(Run run) throws SQLException {
        return sql.first(
                        "select highest, seen from replay_window where agent = ? and topic = ? and start_no = ?",
                        row -> new ReplayWindow(row.number("highest"), row.number("seen")),
                        run.agent(),
                        run.topic(),
                        run.start())
                .orElse(ReplayWindow.EMPTY);
    }
}

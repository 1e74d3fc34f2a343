package org.pxemesh.statusservice.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a row whether or not it is there: an update and, when that finds nothing, an insert. With the one writer that the
 * projections have this is enough, and both databases understand it, which is not so of MERGE or ON CONFLICT.
 */
public final class Upsert {

    private final String table;
    private final Map<String, Object> keys = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> initial = new LinkedHashMap<>();

    private Upsert(String table) {
        this.table = table;
    }

    public static Upsert into(String table) {
        return new Upsert(table);
    }

    /** A column of the primary key. */
    public Upsert key(String column, Object value) {
        keys.put(column, value);
        return this;
    }

    /** A column that gets this value in any case. */
    public Upsert set(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    /** A column that gets this value only when the row is new. */
    public Upsert initially(String column, @Nullable Object value) {
        initial.put(column, value);
        return this;
    }

    public void run(Sql sql) throws SQLException {
        if (touchExisting(sql) == 0) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>(keys);
            all.putAll(initial);
            all.putAll(values);
            sql.update(
                    "insert into " + table + " (" + String.join(", ", all.keySet()) + ") values ("
                            + all.keySet().stream().map(c -> "?").collect(Collectors.joining(", ")) + ")",
                    all.values().toArray());
        }
    }

    private int touchExisting(Sql sql) throws SQLException {
        String where = keys.keySet().stream().map(c -> c + " = ?").collect(Collectors.joining(" and "));
        if (values.isEmpty()) {
            return sql.list(
                            "select 1 from " + table + " where " + where,
                            row -> 1,
                            keys.values().toArray())
                    .size();
        }
        List<@Nullable Object> parameters = new ArrayList<>(values.values());
        parameters.addAll(keys.values());
        return sql.update(
                "update " + table + " set "
                        + values.keySet().stream().map(c -> c + " = ?").collect(Collectors.joining(", ")) + " where "
                        + where,
                parameters.toArray());
    }
}

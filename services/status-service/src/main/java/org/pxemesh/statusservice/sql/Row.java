package org.pxemesh.statusservice.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row, by column name; {@code ...OrNull} where the column may be empty. */
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public String text(String column) throws SQLException {
        return results.getString(column);
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return results.getString(column);
    }

    public long number(String column) throws SQLException {
        return results.getLong(column);
    }

    public int integer(String column) throws SQLException {
        return results.getInt(column);
    }

    public @Nullable Integer integerOrNull(String column) throws SQLException {
        return results.getObject(column, Integer.class);
    }

    public @Nullable Double decimalOrNull(String column) throws SQLException {
        return results.getObject(column, Double.class);
    }

    public boolean flag(String column) throws SQLException {
        return results.getBoolean(column);
    }

    public @Nullable Boolean flagOrNull(String column) throws SQLException {
        return results.getObject(column, Boolean.class);
    }

    public UUID uuid(String column) throws SQLException {
        return results.getObject(column, UUID.class);
    }

    public @Nullable UUID uuidOrNull(String column) throws SQLException {
        return results.getObject(column, UUID.class);
    }

    public Instant time(String column) throws SQLException {
        return results.getObject(column, OffsetDateTime.class).toInstant();
    }

    public @Nullable Instant timeOrNull(String column) throws SQLException {
        OffsetDateTime time = results.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

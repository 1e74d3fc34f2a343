package org.pxemesh.statusservice.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection, prepared once each. Instants are bound as UTC; all else as JDBC knows it. */
public final class Sql implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    /** Runs a statement and says how many rows it touched. */
    public int update(String statement, @Nullable Object... parameters) throws SQLException {
        return bind(statement, parameters).executeUpdate();
    }

    /** All rows of a query. */
    public <T> List<T> list(String query, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (var results = bind(query, parameters).executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(results);
            while (results.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String query, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        return list(query, reader, parameters).stream().findFirst();
    }

    private PreparedStatement bind(String text, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            prepared.put(text, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
    }
}

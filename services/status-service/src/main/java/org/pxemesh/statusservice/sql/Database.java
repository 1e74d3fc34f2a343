package org.pxemesh.statusservice.sql;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** The database that the settings name: H2 in a file, or PostgreSQL. */
@Singleton
public class Database {

    private final AgroalDataSource source;

    Database(
            @DataSource("h2") InjectableInstance<AgroalDataSource> h2,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql) {
        this.source = postgresql.getHandle().getBean().isActive() ? postgresql.get() : h2.get();
    }

    /** Work in a transaction or a read. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Sql sql) throws SQLException;
    }

    /** Runs some work and commits it; rolls back when it throws. */
    public <T> T inTransaction(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection();
                Sql sql = new Sql(connection)) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(sql);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            }
        }
    }

    /** Answers a question of the REST side; a failure is the service's own. */
    public <T> T read(Work<T> work) {
        try (Connection connection = source.getConnection();
                Sql sql = new Sql(connection)) {
            return work.run(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not answer: " + e.getMessage(), e);
        }
    }
}

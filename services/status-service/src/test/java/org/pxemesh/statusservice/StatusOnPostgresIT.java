package org.pxemesh.statusservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same, with PostgreSQL by configuration alone. */
class StatusOnPostgresIT extends StatusIT {

    private @Nullable Postgres postgres;

    @Override
    Map<String, String> settings() throws Exception {
        Optional<String> missing = Postgres.missing();
        missing.ifPresent(reason -> System.out.println("SKIPPED StatusOnPostgresIT: " + reason));
        assumeTrue(missing.isEmpty(), missing.orElse(""));
        postgres = Postgres.start();
        return postgres.settings();
    }

    @Test
    void shouldMakeNoFileOfTheOtherDatabase() {
        assertThat(directory).isDirectoryNotContaining("glob:**.mv.db");
    }

    @AfterAll
    void stopPostgres() {
        if (postgres != null) {
            postgres.close();
        }
    }
}

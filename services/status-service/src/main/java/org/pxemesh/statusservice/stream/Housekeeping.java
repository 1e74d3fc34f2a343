package org.pxemesh.statusservice.stream;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.pxemesh.statusservice.StatusConfig;
import org.pxemesh.statusservice.finding.FindingProjection;
import org.pxemesh.statusservice.sql.Database;

/** Keeps the tables bounded. */
@Singleton
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final Database database;
    private final StatusConfig config;
    private final InstantSource clock;

    Housekeeping(Database database, StatusConfig config, InstantSource clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "5m", delayed = "1m")
    void tidy() throws SQLException {
        Instant old = clock.instant().minus(config.bootsKept());
        int dropped = database.inTransaction(sql -> {
            int rows = sql.update("delete from event where id <= (select max(id) from event) - ?", config.eventsKept());
            rows += sql.update(
                    "delete from boot_step where boot_id in (select id from boot where updated_at < ?)", old);
            rows += sql.update("delete from boot where updated_at < ?", old);
            rows += sql.update("delete from replay_window where touched < ?", old);
            rows += sql.update("delete from package_build where updated_at < ?", old);
            Instant unconfirmed = clock.instant().minus(FindingProjection.FRESH);
            rows += sql.update(
                    "delete from segment_finding where exists (select 1 from segment_survey v where v.looked_at < ?"
                            + " and v.segment_id = segment_finding.segment_id and v.peer_id = segment_finding.peer_id)",
                    unconfirmed);
            rows += sql.update("delete from segment_survey where looked_at < ?", unconfirmed);
            return rows;
        });
        if (dropped > 0) {
            LOG.infof("housekeeping=done rows=%d", dropped);
        }
    }
}

package org.pxemesh.statusservice.site;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.pxemesh.events.ComputerChanged;
import org.pxemesh.events.ComputerDeleted;
import org.pxemesh.events.ComputerState;
import org.pxemesh.events.SiteChanged;
import org.pxemesh.events.SiteDeleted;
import org.pxemesh.events.SiteState;
import org.pxemesh.statusservice.intake.Projection;
import org.pxemesh.statusservice.intake.Recorded;
import org.pxemesh.statusservice.sql.Json;
import org.pxemesh.statusservice.sql.Sql;
import org.pxemesh.statusservice.sql.Upsert;

/** Sites and computers: whole-state records, of which the highest revision stands. */
@Singleton
public class SiteProjection implements Projection {

    @Override
    public void apply(Sql sql, Recorded recorded) throws SQLException {
        switch (recorded.event()) {
            case SiteChanged e -> site(sql, e.site());
            case SiteDeleted e -> sql.update("delete from site where id = ?", e.id());
            case ComputerChanged e -> computer(sql, e.computer());
            case ComputerDeleted e -> sql.update("delete from computer where id = ?", e.id());
            default -> {}
        }
    }

    private static void site(Sql sql, SiteState site) throws SQLException {
        Upsert.into("site")
                .key("id", site.id())
                .set("revision", site.revision())
                .set("name", site.name())
                .set("kind", site.kind().name())
                .set("networks", Json.text(site.networks()))
                .run(sql);
    }

    /** A computer that moves home has a record in either site's partition, and these come in any order. */
    private static void computer(Sql sql, ComputerState computer) throws SQLException {
        long known = sql.first(
                        "select revision from computer where id = ?", row -> row.number("revision"), computer.id())
                .orElse(0L);
        if (computer.revision() > known) {
            Upsert.into("computer")
                    .key("id", computer.id())
                    .set("revision", computer.revision())
                    .set("name", computer.name())
                    .run(sql);
        }
    }
}

package org.pxemesh.statusservice.intake;

import java.sql.SQLException;
import org.pxemesh.statusservice.sql.Sql;

/** One view of the mesh in SQL. It gets every event once, in the order of its partition, inside the batch's transaction. */
public interface Projection {

    /** Takes up the events that concern this view and leaves the others alone. */
    void apply(Sql sql, Recorded recorded) throws SQLException;
}

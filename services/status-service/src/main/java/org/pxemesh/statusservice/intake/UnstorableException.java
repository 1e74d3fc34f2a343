package org.pxemesh.statusservice.intake;

import java.sql.SQLException;

/** The database works but will not have this data (SQLSTATE classes 22 and 23): trying again would not help. */
final class UnstorableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnstorableException(SQLException cause) {
        super("the database refused it: " + cause.getMessage(), cause);
    }

    /** The same failure, told apart from a database that is away. */
    static Exception classify(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23")) ? new UnstorableException(e) : e;
    }
}

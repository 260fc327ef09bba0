package dev.tideline.job.store;

import java.sql.SQLException;

/** The database cannot be written to until a person acts: no schema, no right, no login. Holds no value of any row. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException problem) {
        // The database's own message may quote the values of a row: only its code goes on.
        super("PostgreSQL says SQLState " + problem.getSQLState()
                + ": is the schema migrated (tideline migrate), and are user, password and rights as they should be?");
    }
}

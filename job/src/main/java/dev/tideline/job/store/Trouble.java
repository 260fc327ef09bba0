package dev.tideline.job.store;

import java.sql.SQLException;

/** What an error of the database means for the rows that were to be written. */
enum Trouble {
    /** A row is at fault: it will never be taken. */
    ROW,
    /** The database is away, full, busy or restarting: the same rows will be taken later. */
    AWAY,
    /** Schema, rights or password are wrong: a person has to act. */
    SETUP;

    /**
     * Judged by the SQLState (PostgreSQL, appendix A): class 22 bad value, 23 constraint, 54 too large, P0 raised by a
     * trigger; 28 login, 42 unknown table or no right, 3F unknown schema; all others are conditions that pass.
     */
    static Trouble of(SQLException problem) {
        String state = problem.getSQLState();
        String family = state == null || state.length() < 2 ? "" : state.substring(0, 2);
        return switch (family) {
            case "22", "23", "54", "P0" -> ROW;
            case "28", "42", "3F" -> SETUP;
            default -> AWAY;
        };
    }
}

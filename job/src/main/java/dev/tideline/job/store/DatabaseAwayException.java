package dev.tideline.job.store;

/** The database stayed away for longer than the writer was told to wait. */
final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAwayException(String sqlState) {
        super("PostgreSQL is away, SQLState " + sqlState);
    }
}

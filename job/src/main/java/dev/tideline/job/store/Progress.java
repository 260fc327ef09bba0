package dev.tideline.job.store;

/** Is told how the writing goes. */
interface Progress {
    /** So many rows reached the table, or were there already. */
    void written(Table table, int rows);

    /** A row was refused for good. */
    void refused(RefusedRow row);

    /** The database is away (true), or answers again (false). */
    void waiting(boolean away);
}

package dev.tideline.job.store;

import dev.tideline.patterns.fact.DeadLetter;
import java.time.Instant;

/**
 * A row that the database will never take.
 *
 * @param sqlState PostgreSQL's code for why
 */
record RefusedRow(StoreRow row, String sqlState) {

    /** As a dead letter: table and code, and a hash to recognise the row by; nothing of its values. */
    DeadLetter toDeadLetter(Instant at) {
        String table = row.table().sqlName();
        return new DeadLetter(
                DeadLetter.Reason.DATABASE_REFUSED,
                "SQLState " + sqlState + ", table " + table,
                null,
                table,
                0,
                0,
                null,
                at,
                digest(),
                null);
    }

    /** SHA-256 of the values, NULL as the character 0, each ended by the character 31. */
    String digest() {
        StringBuilder values = new StringBuilder();
        row.values()
                .forEach(value -> values.append(value == null ? "\0" : value).append('\u001f'));
        return Digest.of(values.toString());
    }
}

package dev.tideline.job.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way to PostgreSQL.
 *
 * @param table where it goes, and what happens when it is there already
 * @param values as text, in the order of {@link Table#columns()}: UUIDs, RFC 3339 instants, JSON, base64 for bytes, numbers,
 *     {@code true} and {@code false}; null for NULL
 */
public record StoreRow(Table table, List<@Nullable String> values) {

    /**
     * A row of these values.
     *
     * @throws IllegalArgumentException if there are more or fewer than the table has columns
     */
    static StoreRow of(Table table, @Nullable String... values) {
        if (values.length != table.columns().size()) {
            throw new IllegalArgumentException(
                    table + " takes " + table.columns().size() + " values, not " + values.length);
        }
        return new StoreRow(table, Collections.unmodifiableList(Arrays.asList(values)));
    }

    /** The month that the row's partition is for, such as {@code 2026-11}; null if its table has no partitions. */
    @Nullable
    String month() {
        int time = table.partitionedBy();
        String instant = time < 0 ? null : values.get(time);
        return instant == null || instant.length() < 8 || instant.charAt(4) != '-' ? null : instant.substring(0, 7);
    }
}

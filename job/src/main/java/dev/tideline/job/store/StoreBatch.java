package dev.tideline.job.store;

import java.util.List;

/**
 * Rows that are written when their checkpoint completes.
 *
 * @param rows in the order in which they came
 */
public record StoreBatch(List<StoreRow> rows) {}

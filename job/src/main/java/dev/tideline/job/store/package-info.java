/** PostgreSQL: its schema and partitions, the rows that go there, and who writes them. */
@NullMarked
package dev.tideline.job.store;

import org.jspecify.annotations.NullMarked;

/** Runs of a user's events, by Flink's session windows. */
@NullMarked
package dev.tideline.job.session;

import org.jspecify.annotations.NullMarked;

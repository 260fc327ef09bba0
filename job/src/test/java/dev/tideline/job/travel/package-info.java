/** What travels between tasks, and rests in state. */
@NullMarked
package dev.tideline.job.travel;

import org.jspecify.annotations.NullMarked;

/** The names of the job's steps, by which a savepoint finds its state again. */
@NullMarked
package dev.tideline.job.step;

import org.jspecify.annotations.NullMarked;

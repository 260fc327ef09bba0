/** History through the same job, from files to files. */
@NullMarked
package dev.tideline.job.replay;

import org.jspecify.annotations.NullMarked;

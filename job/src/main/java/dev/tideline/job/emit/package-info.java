/** Results on their way out: topics, files and rows. */
@NullMarked
package dev.tideline.job.emit;

import org.jspecify.annotations.NullMarked;

/** Who may see whom, and which habits nobody may have. */
@NullMarked
package dev.tideline.job.architecture;

import org.jspecify.annotations.NullMarked;

/** From words to what they mean; behind this stage no words are left. */
@NullMarked
package dev.tideline.job.score;

import org.jspecify.annotations.NullMarked;

/** Keys, encryption and erasure of what belongs to a person. */
@NullMarked
package dev.tideline.job.privacy;

import org.jspecify.annotations.NullMarked;

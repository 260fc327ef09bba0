/** The scripts that stand before any Java of ours: {@code mvnw} and {@code tideline}. */
@NullMarked
package dev.tideline.job.launcher;

import org.jspecify.annotations.NullMarked;

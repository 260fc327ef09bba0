/** Holds what {@code docker/} says against the classes that it starts. */
@NullMarked
package dev.tideline.job.docker;

import org.jspecify.annotations.NullMarked;

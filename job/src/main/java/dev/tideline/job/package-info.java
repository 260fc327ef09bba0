/** The job: its graph, its stages, its commands. */
@NullMarked
package dev.tideline.job;

import org.jspecify.annotations.NullMarked;

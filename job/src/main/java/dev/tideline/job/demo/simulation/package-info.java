/** A platform that does not exist: made-up people who use it for weeks, each in their own way. Pure, and the same for the same seed. */
@NullMarked
package dev.tideline.job.demo.simulation;

import org.jspecify.annotations.NullMarked;

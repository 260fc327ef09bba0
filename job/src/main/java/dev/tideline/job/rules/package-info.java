/** The rule gate: reads, numbers and broadcasts rules, and says what became of them. */
@NullMarked
package dev.tideline.job.rules;

import org.jspecify.annotations.NullMarked;

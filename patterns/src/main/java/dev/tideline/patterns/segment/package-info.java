/** The condition tree of a segment and its exact evaluator over bounded state per user; pure. */
@NullMarked
package dev.tideline.patterns.segment;

import org.jspecify.annotations.NullMarked;

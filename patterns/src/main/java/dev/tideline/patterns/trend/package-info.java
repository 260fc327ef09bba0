/** Mood, surveys and text over time, with the papers their formulas come from; pure. */
@NullMarked
package dev.tideline.patterns.trend;

import org.jspecify.annotations.NullMarked;

/** Checked expressions planned into closures over whatever they are asked about. Knows nothing of facts. */
@NullMarked
package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.NullMarked;

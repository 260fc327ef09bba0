/** Rules that change while events flow: who changes them, who sends events meanwhile, and what must come of both. */
@NullMarked
package dev.tideline.job.rules.storm;

import org.jspecify.annotations.NullMarked;

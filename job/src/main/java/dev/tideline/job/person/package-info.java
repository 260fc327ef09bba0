/** One keyed operator per person: timeline, facts, detection, alerts, segments. */
@NullMarked
package dev.tideline.job.person;

import org.jspecify.annotations.NullMarked;

/** The one source of the job: it reads every input topic, and knows where event time stands. */
@NullMarked
package dev.tideline.job.ingest.tide;

import org.jspecify.annotations.NullMarked;

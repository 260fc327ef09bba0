/** The way in: decoding, refusing bad input, and the gate per user for repeats, consent and erasure. */
@NullMarked
package dev.tideline.job.ingest;

import org.jspecify.annotations.NullMarked;

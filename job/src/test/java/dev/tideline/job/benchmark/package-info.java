/** How fast the job is, against the least that any job would have to do. Run by hand: see {@code job/benchmarks.md}. */
@NullMarked
package dev.tideline.job.benchmark;

import org.jspecify.annotations.NullMarked;

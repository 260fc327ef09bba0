/** Everything in one process: broker, database, Flink and a simulated platform. */
@NullMarked
package dev.tideline.job.demo;

import org.jspecify.annotations.NullMarked;

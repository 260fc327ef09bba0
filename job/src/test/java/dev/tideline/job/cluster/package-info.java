/** The job as it is deployed: the one jar, on a real Flink cluster of several processes, against a real broker and database. */
@NullMarked
package dev.tideline.job.cluster;

import org.jspecify.annotations.NullMarked;

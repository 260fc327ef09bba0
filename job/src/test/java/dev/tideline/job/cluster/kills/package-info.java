/** What people do while processes die, and what segments must say of it, counted again from everything at every instant. */
@NullMarked
package dev.tideline.job.cluster.kills;

import org.jspecify.annotations.NullMarked;

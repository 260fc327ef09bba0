/**
 * Random worlds of segments: people, rules that change while they live, and what must come of both, worked out by keeping
 * everything and counting it again at every instant.
 */
@NullMarked
package dev.tideline.job.worlds;

import org.jspecify.annotations.NullMarked;

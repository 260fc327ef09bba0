/** What travels through the job: public records that Flink serialises without Kryo. */
@NullMarked
package dev.tideline.patterns.fact;

import org.jspecify.annotations.NullMarked;

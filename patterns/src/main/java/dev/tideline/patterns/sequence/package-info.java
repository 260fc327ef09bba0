/** A pattern's steps as Flink CEP understands them, and the matches they find. */
@NullMarked
package dev.tideline.patterns.sequence;

import org.jspecify.annotations.NullMarked;

/** Our matches held against those of Flink CEP's own operators, over the rule language and the whole person stage. */
@NullMarked
package dev.tideline.job.cep;

import org.jspecify.annotations.NullMarked;

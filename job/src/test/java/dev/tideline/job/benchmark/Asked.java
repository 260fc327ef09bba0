package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.io.Serializable;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A pattern as stock CEP is asked for it: written in Java, known when the job is built.
 *
 * @param key as our rule's
 * @param kinds the only facts that it is shown
 */
record Asked(String key, Set<String> kinds, Pattern<Fact, ?> pattern) implements Serializable {}

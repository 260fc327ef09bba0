package dev.tideline.job.history;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What leaves the step that reads history.
 *
 * @param recalled what was read of users' pasts
 * @param revisions all of them, each with the word whether it waits, and the word that history was read
 * @param reports what is said of rules that wait
 */
public record Recollection(
        DataStream<Arrival> recalled, DataStream<RuleRevision> revisions, DataStream<RuleReport> reports) {}

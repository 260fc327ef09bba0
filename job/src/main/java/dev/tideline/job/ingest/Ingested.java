package dev.tideline.job.ingest;

import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.RuleRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What leaves the way in.
 *
 * @param arrivals events, profile patches, privacy requests and staff actions that were let in; event texts are both
 *     sealed and, where they may be scored, readable
 * @param rules rules as they came
 * @param refused dead letters
 * @param keys data keys that were made, each once
 */
public record Ingested(
        DataStream<Arrival> arrivals,
        DataStream<RuleRecord> rules,
        DataStream<DeadLetter> refused,
        DataStream<NewDataKey> keys) {}

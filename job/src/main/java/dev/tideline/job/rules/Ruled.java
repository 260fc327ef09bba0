package dev.tideline.job.rules;

import org.apache.flink.streaming.api.datastream.DataStream;

/** What leaves the rule gate: numbered changes, and what became of each rule. */
public record Ruled(DataStream<RuleRevision> revisions, DataStream<RuleStatus> statuses) {}

package dev.tideline.job.emit;

import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.SegmentChange;
import org.apache.flink.api.connector.sink2.Sink;

/** Where results go: topics when live, files in a replay, memory in a test. */
public record Outlets(
        Sink<AlertMessage> alerts,
        Sink<SegmentChange> segmentChanges,
        Sink<RuleStatus> ruleStatus,
        Sink<DeadLetter> deadLetters,
        Ledger ledger) {}

package dev.tideline.job.person;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What comes of following each person.
 *
 * @param results all that is to be stored, but for segment changes, each user's in the order in which it came about
 * @param alerts told at once
 * @param changes of segments, to be told exactly once
 * @param refused staff actions that do not fit their alert
 * @param reports what each task says of the rules
 */
public record Followed(
        DataStream<Result> results,
        DataStream<AlertMessage> alerts,
        DataStream<SegmentChange> changes,
        DataStream<DeadLetter> refused,
        DataStream<RuleReport> reports) {}

package dev.tideline.job.replay;

import dev.tideline.job.emit.Ledger;
import dev.tideline.job.emit.Outlets;
import dev.tideline.job.emit.Wire;
import dev.tideline.job.privacy.NewDataKey;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import java.nio.file.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/** The ends of a replay: lines in files, to be ordered by time, user and rule. */
final class ReplayOutlets {
    private ReplayOutlets() {}

    static Outlets into(Path parts) {
        String folder = parts.toString();
        return new Outlets(
                new LineSink<>(
                        folder,
                        Output.ALERTS.word(),
                        alert -> new OutputLine(
                                OutputLine.instant(alert.at())
                                        + alert.user()
                                        + String.format("%s%012d", alert.alertId(), alert.revision()),
                                Wire.alert(alert))),
                new LineSink<>(
                        folder,
                        Output.SEGMENT_CHANGES.word(),
                        change -> new OutputLine(
                                OutputLine.instant(change.at())
                                        + change.user()
                                        + change.segment()
                                        + String.format(" %012d", change.sequence()),
                                Wire.segmentChange(change))),
                new LineSink<>(
                        folder,
                        Output.RULE_STATUS.word(),
                        status -> new OutputLine(
                                OutputLine.instant(status.at())
                                        + status.key()
                                        + String.format(" %012d ", status.revision())
                                        + status.verdict(),
                                Wire.ruleStatus(status))),
                new LineSink<>(folder, Output.DEAD_LETTERS.word(), ReplayOutlets::line),
                new Sessions(folder));
    }

    private static OutputLine line(DeadLetter letter) {
        return new OutputLine(letter.topic() + String.format(" %020d", letter.offset()), Wire.deadLetter(letter));
    }

    /** Keeps sessions only. */
    private record Sessions(String folder) implements Ledger {
        @Override
        public @Nullable DataStream<DeadLetter> keep(
                DataStream<Result> results,
                DataStream<SegmentChange> changes,
                DataStream<NewDataKey> keys,
                DataStream<RuleStatus> rules) {
            Step.STORE.mark(results.sinkTo(new LineSink<>(folder, Output.SESSIONS.word(), Sessions::line)));
            return null;
        }

        private static @Nullable OutputLine line(Result result) {
            Fact fact = result.fact();
            return fact == null || fact.session() == null
                    ? null
                    : new OutputLine(
                            OutputLine.instant(fact.session().end()) + fact.user(),
                            SessionLine.of(fact.user(), fact.session()));
        }
    }
}

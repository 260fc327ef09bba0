package dev.tideline.job.rules;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.RuleSet;
import dev.tideline.patterns.rule.SegmentRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides which rules are in force. Runs with a parallelism of 1, so that all tasks get the same revisions
 * in the same order.
 *
 * <p>Owns: the accepted documents and those that wait, as many as there are rules · Lifecycle: until a rule is removed ·
 * Never: evaluates a rule.
 */
public final class RuleGate extends ProcessFunction<RuleRecord, RuleRevision> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final long FROM_THE_START = 0;

    /** What became of each rule. */
    static final OutputTag<RuleStatus> STATUS = new OutputTag<>("rule-status", TypeInformation.of(RuleStatus.class));

    private final List<RuleRevision> fromTheStart;
    private transient Map<String, RuleRevision> accepted;
    private transient Map<String, RuleRevision> waiting;
    private transient Map<String, Rule> compiled;
    private transient long number;
    private transient boolean restored;
    private transient ListState<RuleRevision> acceptedState;
    private transient ListState<RuleRevision> waitingState;

    /** @param fromTheStart rules that hold from before the first event */
    public RuleGate(List<RuleRevision> fromTheStart) {
        this.fromTheStart = List.copyOf(fromTheStart);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        acceptedState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("accepted", RuleRevision.class));
        waitingState =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", RuleRevision.class));
        accepted = new TreeMap<>();
        waiting = new TreeMap<>();
        restored = context.isRestored();
        if (!restored) {
            fromTheStart.forEach(revision -> accepted.put(revision.key(), revision));
        }
        for (RuleRevision revision : acceptedState.get()) {
            accepted.put(revision.key(), revision);
            number = Math.max(number, revision.number());
        }
        for (RuleRevision revision : waitingState.get()) {
            waiting.put(revision.key(), revision);
        }
        compiled = new TreeMap<>();
        accepted.values().forEach(this::compile);
    }

    private void compile(RuleRevision revision) {
        if (revision.json() == null) {
            compiled.remove(revision.key());
        } else {
            compiled.put(
                    revision.key(),
                    read(revision.key(), revision.json(), revision.effectiveMillis())
                            .rules()
                            .get(0));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        acceptedState.update(List.copyOf(accepted.values()));
        waitingState.update(List.copyOf(waiting.values()));
    }

    @Override
    public void processElement(RuleRecord record, Context context, Collector<RuleRevision> out) {
        askAgain(out);
        if (record.json() == null) {
            remove(record, context, out);
            return;
        }
        Reading reading = read(record.key(), record.json(), record.at().toEpochMilli());
        if (reading.rules().size() == 1) {
            judge(reading.documents().get(0), record.at(), context, out);
        } else {
            rejected(record.key(), null, record.at(), reading.problems(), context);
        }
    }

    /** After a restart nobody knows what the tasks have, until the last revision has come to them once more. */
    private void askAgain(Collector<RuleRevision> out) {
        if (restored) {
            restored = false;
            accepted.values().stream()
                    .max(Comparator.comparingLong(RuleRevision::number))
                    .filter(last -> last.number() > FROM_THE_START)
                    .ifPresent(out::collect);
        }
    }

    private void remove(RuleRecord record, Context context, Collector<RuleRevision> out) {
        boolean known = compiled.containsKey(record.key()) | waiting.remove(record.key()) != null;
        if (known) {
            publish(new RuleRevision(++number, record.key(), null, record.at().toEpochMilli()), out);
            context.output(
                    STATUS, new RuleStatus(record.key(), Verdict.REMOVED, null, number, null, null, null, record.at()));
        }
    }

    private void judge(RuleDocument document, Instant at, Context context, Collector<RuleRevision> out) {
        Rule rule = document.rule();
        Header header = rule.header();
        RuleRevision known = accepted.get(header.key());
        if (known != null && document.json().equals(known.json())) {
            if (known.number() == FROM_THE_START) {
                accepted(header, known, at, context);
            }
            return;
        }
        String objection = objection(rule);
        if (objection != null) {
            context.output(
                    STATUS,
                    new RuleStatus(header.key(), Verdict.REJECTED, header.version(), 0, "", objection, null, at));
            return;
        }
        RuleRevision revision = new RuleRevision(++number, header.key(), document.json(), at.toEpochMilli());
        Set<String> missing = RuleSet.missing(rule, compiled.values());
        if (!missing.isEmpty()) {
            waiting.put(header.key(), revision);
            context.output(
                    STATUS,
                    new RuleStatus(
                            header.key(),
                            Verdict.WAITING,
                            header.version(),
                            0,
                            "/when",
                            "waits for " + String.join(", ", missing),
                            document.json(),
                            at));
            return;
        }
        accept(revision, rule, at, context, out);
    }

    private void accept(RuleRevision revision, Rule rule, Instant at, Context context, Collector<RuleRevision> out) {
        waiting.remove(revision.key());
        publish(revision, out);
        accepted(rule.header(), revision, at, context);
        letIn(context, out);
    }

    private static void accepted(Header header, RuleRevision revision, Instant at, Context context) {
        context.output(
                STATUS,
                new RuleStatus(
                        header.key(),
                        Verdict.ACCEPTED,
                        header.version(),
                        revision.number(),
                        null,
                        null,
                        revision.json(),
                        at));
    }

    /** A rule that was accepted may be what others waited for. */
    private void letIn(Context context, Collector<RuleRevision> out) {
        for (RuleRevision revision : List.copyOf(waiting.values())) {
            if (revision.json() == null || !waiting.containsKey(revision.key())) {
                continue;
            }
            Rule rule = read(revision.key(), revision.json(), revision.effectiveMillis())
                    .rules()
                    .get(0);
            if (RuleSet.missing(rule, compiled.values()).isEmpty()) {
                RuleRevision next =
                        new RuleRevision(++number, revision.key(), revision.json(), revision.effectiveMillis());
                accept(next, rule, Instant.ofEpochMilli(revision.effectiveMillis()), context, out);
            }
        }
    }

    private void publish(RuleRevision revision, Collector<RuleRevision> out) {
        accepted.put(revision.key(), revision);
        compile(revision);
        out.collect(revision);
    }

    private @Nullable String objection(Rule rule) {
        Rule known = compiled.get(rule.header().key());
        if (known != null && known.version() >= rule.version()) {
            return "version " + rule.version() + " does not follow version " + known.version();
        }
        if (rule instanceof SegmentRule segment) {
            List<String> circle = RuleSet.cycle(segment, compiled.values());
            return circle.isEmpty() ? null : "a circle: " + String.join(" → ", circle);
        }
        boolean secondPolicy = rule instanceof PolicyRule
                && others(rule).stream()
                        .anyMatch(other ->
                                other instanceof PolicyRule && other.header().enabled());
        return secondPolicy ? "a second policy; one can be in force" : null;
    }

    private Collection<Rule> others(Rule rule) {
        List<Rule> others = new ArrayList<>(compiled.values());
        others.removeIf(other -> other.header().key().equals(rule.header().key()));
        return others;
    }

    private static Reading read(String key, String json, long effectiveMillis) {
        return RuleReader.readJson(key, json, Instant.ofEpochMilli(effectiveMillis));
    }

    private static void rejected(
            String key, @Nullable Integer version, Instant at, List<Problem> problems, Context context) {
        String path = problems.isEmpty() ? "" : problems.get(0).path();
        String reason =
                String.join("; ", problems.stream().map(Problem::toString).toList());
        context.output(STATUS, new RuleStatus(key, Verdict.REJECTED, version, 0, path, reason, null, at));
    }
}

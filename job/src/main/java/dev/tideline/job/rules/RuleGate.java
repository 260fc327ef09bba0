package dev.tideline.job.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that decides which rules are in force: reads what comes by topic and from files, and asks {@link RuleRegister}.
 * Runs with a parallelism of 1, so that all tasks get the same revisions in the same order.
 *
 * <p>Owns: the documents in force and those that wait, at most {@link Admission.Limits#OF_A_JOB} · Lifecycle: until a rule is
 * removed · Never: evaluates a rule, fails on a document.
 */
public final class RuleGate extends CoProcessFunction<RuleRecord, RuleFileNews, RuleRevision>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RuleGate.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What became of each rule. */
    static final OutputTag<RuleStatus> STATUS = new OutputTag<>("rule-status", TypeInformation.of(RuleStatus.class));

    private final List<RuleRevision> fromTheStart;
    private transient RuleRegister register;
    private transient @Nullable RuleRevision last;
    private transient boolean greeted;
    private transient boolean restored;
    private transient ListState<KeptRule> rulesState;
    private transient ListState<RuleRevision> lastState;

    /** @param fromTheStart rules that hold from before the first event; they come from files */
    public RuleGate(List<RuleRevision> fromTheStart) {
        this.fromTheStart = List.copyOf(fromTheStart);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        rulesState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("rules", KeptRule.class));
        lastState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("last", RuleRevision.class));
        register = new RuleRegister(Admission.Limits.OF_A_JOB);
        greeted = false;
        restored = context.isRestored();
        if (restored) {
            for (KeptRule kept : rulesState.get()) {
                RegisteredRule rule = RegisteredRule.of(
                        readAgain(kept.key(), kept.json(), kept.effectiveMillis()),
                        kept.json(),
                        kept.number(),
                        kept.effectiveMillis(),
                        kept.fromFile());
                register.restore(rule, kept.waits(), kept.doubted());
            }
            for (RuleRevision revision : lastState.get()) {
                last = revision;
                register.restore(revision.number());
            }
            return;
        }
        for (RuleRevision revision : fromTheStart) {
            String json = Objects.requireNonNull(revision.json(), "a rule from the start has a document");
            Rule rule = readAgain(revision.key(), json, revision.effectiveMillis());
            register.restore(
                    RegisteredRule.of(rule, json, revision.number(), revision.effectiveMillis(), true), false, false);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        List<KeptRule> kept = new ArrayList<>();
        register.inForce().forEach(rule -> kept.add(kept(rule, false)));
        register.waiting().forEach(rule -> kept.add(kept(rule, true)));
        rulesState.update(kept);
        lastState.update(last == null ? List.of() : List.of(last));
    }

    private KeptRule kept(RegisteredRule rule, boolean waits) {
        return new KeptRule(
                rule.key(),
                rule.json(),
                rule.number(),
                rule.effectiveMillis(),
                rule.fromFile(),
                waits,
                register.doubted(rule.key()));
    }

    @Override
    public void processElement1(RuleRecord record, Context context, Collector<RuleRevision> out) {
        RuleRegister.Voice voice = voice(context, out);
        greet(voice, out);
        if (record.json() == null) {
            register.remove(record.key(), record.at(), false, voice);
        } else {
            offer(record.key(), record.json(), record.at(), null, voice);
        }
    }

    @Override
    public void processElement2(RuleFileNews news, Context context, Collector<RuleRevision> out) {
        RuleRegister.Voice voice = voice(context, out);
        greet(voice, out);
        switch (news.kind()) {
            case HELLO -> LOG.debug("{} rules are in force", register.inForce().size());
            case DOCUMENT -> offer(news.key(), String.valueOf(news.json()), news.at(), news.place(), voice);
            case GONE -> register.remove(news.key(), news.at(), true, voice);
            case BROKEN ->
                register.refuse(
                        news.key(), null, String.valueOf(news.path()), String.valueOf(news.reason()), news.at(), voice);
            case MENDED -> register.mend(news.key(), news.at(), voice);
        }
    }

    /**
     * Before anything else: at the first start the rules of the start are named like any others; after a restart nobody knows
     * what the tasks have, until the last revision has come to them once more.
     */
    private void greet(RuleRegister.Voice voice, Collector<RuleRevision> out) {
        if (greeted) {
            return;
        }
        greeted = true;
        if (!restored) {
            register.inForce().forEach(rule -> voice.status(RuleStatus.accepted(rule)));
        } else if (last != null) {
            out.collect(last);
        }
    }

    private RuleRegister.Voice voice(Context context, Collector<RuleRevision> out) {
        return new RuleRegister.Voice() {
            @Override
            public void revision(RuleRevision revision) {
                last = revision;
                out.collect(revision);
            }

            @Override
            public void status(RuleStatus status) {
                context.output(STATUS, status);
            }
        };
    }

    private void offer(String key, String json, Instant at, @Nullable String place, RuleRegister.Voice voice) {
        try {
            Reading reading = RuleReader.readJson(key, json, at);
            if (reading.documents().size() == 1) {
                register.offer(reading.documents().get(0), at, place, voice);
            } else {
                register.refuse(key, version(json), Objection.of(reading.problems()), at, voice);
            }
        } catch (RuntimeException | StackOverflowError bug) {
            // A document on the topic comes again with every start: failing on one would stop the job for good.
            LOG.error("The rule {} cannot be judged, and is refused.", key, bug);
            Objection unforeseen = new Objection("", "the rule cannot be judged; the job's log says more");
            register.refuse(key, version(json), List.of(unforeseen), at, voice);
        }
    }

    /** What was read once can be read again. */
    private static Rule readAgain(String key, String json, long effectiveMillis) {
        Reading reading = RuleReader.readJson(key, json, Instant.ofEpochMilli(effectiveMillis));
        if (reading.documents().size() != 1) {
            throw new IllegalStateException("an accepted rule cannot be read: " + reading.problems());
        }
        return reading.rules().get(0);
    }

    /** The version that a document with flaws bears, if it can be made out. */
    private static @Nullable Integer version(String json) {
        try {
            JsonNode document = MAPPER.readTree(json);
            JsonNode version = document == null ? null : document.get("version");
            return version != null && version.canConvertToInt() && version.isIntegralNumber()
                    ? version.intValue()
                    : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}

package dev.tideline.job.person;

import dev.tideline.job.rules.RuleReport;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Result;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.StaffAction;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** What happens to people, told arrival by arrival to one task of the person stage, and what it says to that. */
final class PersonStory implements AutoCloseable {
    static final String USER = "00000000-0000-4000-8000-00000000000a";
    static final int MOST_TASKS = 128;

    private final KeyedBroadcastOperatorTestHarness<String, Arrival, RuleRevision, Result> harness;

    PersonStory(String rules) throws Exception {
        this(rules, 1, 0);
    }

    /** One task out of several. */
    PersonStory(String rules, int tasks, int task) throws Exception {
        this(rules, Long.MAX_VALUE, Sweeps.Pace.OF_A_JOB, false, tasks, task);
    }

    /** Two users in a slice. */
    static PersonStory inSmallSlices(String rules, int tasks, int task) throws Exception {
        return new PersonStory(rules, Long.MAX_VALUE, new Sweeps.Pace(2, 5, 5), false, tasks, task);
    }

    /** Time ends. */
    static PersonStory until(Instant end, String rules) throws Exception {
        return new PersonStory(rules, end.toEpochMilli(), Sweeps.Pace.OF_A_JOB, false, 1, 0);
    }

    /** What rules to come ask for is counted from the beginning. */
    static PersonStory ofKnownHistory() throws Exception {
        return new PersonStory("", Long.MAX_VALUE, Sweeps.Pace.OF_A_JOB, true, 1, 0);
    }

    private PersonStory(String rules, long until, Sweeps.Pace pace, boolean historyKnown, int tasks, int task)
            throws Exception {
        PersonOptions options = new PersonOptions(
                false, until, List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION), 100, historyKnown, null);
        harness = new KeyedBroadcastOperatorTestHarness<>(
                new PersonOperator(new PersonFunction(revisions(0, rules, Long.MIN_VALUE), options), pace),
                Arrival::user,
                Types.STRING,
                MOST_TASKS,
                tasks,
                task);
    }

    PersonStory begin() throws Exception {
        harness.open();
        return this;
    }

    PersonStory begin(OperatorSubtaskState from) throws Exception {
        harness.initializeState(from);
        return begin();
    }

    PersonStory begin(StateBackend backend, @Nullable OperatorSubtaskState from) throws Exception {
        harness.setStateBackend(backend);
        if (from != null) {
            harness.initializeState(from);
        }
        return begin();
    }

    PersonStory comes(Arrival... arrivals) throws Exception {
        for (Arrival arrival : arrivals) {
            harness.processElement(arrival, arrival.at().toEpochMilli());
        }
        return this;
    }

    PersonStory timeIs(Instant instant) throws Exception {
        harness.watermark(instant.toEpochMilli());
        return this;
    }

    /** A pause is over: one slice of those whom rules concern is brought there, if somebody is left. */
    PersonStory slice() throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + 10);
        return this;
    }

    /** So much time passes on the clock, in one go. */
    PersonStory waits(Duration time) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + time.toMillis());
        return this;
    }

    /** How many slices are done until nobody is left. */
    int slices() throws Exception {
        int slices = 0;
        for (; harness.getProcessingTimeService().getNumActiveTimers() > 0; slices++) {
            slice();
        }
        return slices;
    }

    /** The input ends. */
    PersonStory ends() throws Exception {
        harness.watermark(Long.MAX_VALUE);
        ((AbstractStreamOperator<?>) harness.getOperator()).finish();
        return this;
    }

    /** A rule comes by the gate. */
    PersonStory rule(long number, String effective, String yaml) throws Exception {
        return rule(revisions(number, yaml, at(effective).toEpochMilli()).get(0));
    }

    /** A rule is removed. */
    PersonStory removal(long number, String effective, String key) throws Exception {
        return rule(new RuleRevision(number, key, null, at(effective).toEpochMilli()));
    }

    PersonStory rule(RuleRevision revision) throws Exception {
        harness.processBroadcastElement(revision, revision.effectiveMillis());
        return this;
    }

    OperatorSubtaskState snapshot() throws Exception {
        return harness.snapshot(1, 1);
    }

    List<AlertMessage> alerts() {
        return side(PersonFunction.ALERTS);
    }

    List<SegmentChange> changes() {
        return side(PersonFunction.CHANGES);
    }

    /** What the task says it has, in the order in which it said so. */
    List<Long> taken() {
        return side(PersonFunction.REPORTS).stream()
                .filter(report -> report.kind() == RuleReport.Kind.TAKEN)
                .map(RuleReport::revision)
                .toList();
    }

    /** What was counted, such as {@code pattern/visit 1 signal AMBER}. */
    List<String> counted() {
        return side(PersonFunction.REPORTS).stream()
                .filter(report -> report.kind() == RuleReport.Kind.COUNTED)
                .map(report -> report.key() + " " + report.version() + " " + report.what())
                .toList();
    }

    /** How far users were brought, such as {@code 1 2: 3 of 7} or {@code 1 2: 7 of 7 through}. */
    List<String> reached() {
        return side(PersonFunction.REPORTS).stream()
                .map(RuleReport::reached)
                .filter(Objects::nonNull)
                .map(reached ->
                        reached.revisions().stream().map(String::valueOf).collect(Collectors.joining(" ")) + ": "
                                + reached.users() + " of " + reached.of() + (reached.through() ? " through" : ""))
                .toList();
    }

    /** The passes through history of which all users were shown what was read. */
    List<Long> filled() {
        return side(PersonFunction.REPORTS).stream()
                .filter(report -> report.kind() == RuleReport.Kind.FILLED)
                .map(RuleReport::revision)
                .toList();
    }

    /** What trying out a segment has come to, as was said last. */
    RuleReport tried() {
        List<RuleReport> tried = side(PersonFunction.REPORTS).stream()
                .filter(report -> report.kind() == RuleReport.Kind.TRIED)
                .toList();
        return tried.get(tried.size() - 1);
    }

    List<DeadLetter> refused() {
        return side(PersonFunction.REFUSED);
    }

    List<Result> results(Result.Kind kind) {
        return harness.extractOutputValues().stream()
                .filter(result -> result.kind() == kind)
                .toList();
    }

    /** How many users have something in the state. */
    long users(String state) {
        AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
        try (Stream<String> users = operator.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return users.count();
        }
    }

    /** How many timers on event time are set. */
    int timers() {
        return harness.numEventTimeTimers();
    }

    /** Values of state over all users; on the heap only. */
    int stateEntries() {
        AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.<String>getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var output = harness.getSideOutput(tag);
        return output == null
                ? List.of()
                : output.stream().map(StreamRecord::getValue).toList();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }

    static List<RuleRevision> revisions(long number, String yaml, long effectiveMillis) {
        Reading reading = RuleReader.read("story.yaml", yaml);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        return reading.documents().stream()
                .map(document ->
                        new RuleRevision(number, document.rule().header().key(), document.json(), effectiveMillis))
                .toList();
    }

    /** A time of the story's month, such as {@code 02T10:00:00}. */
    static Instant at(String time) {
        return Instant.parse("2026-11-" + time + "Z");
    }

    static Arrival event(String id, String user, String type, String time, @Nullable String context) {
        return Arrival.of(new Event(
                id,
                user,
                type,
                at(time),
                null,
                context,
                null,
                null,
                null,
                List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION),
                at(time)));
    }

    static Arrival visit(String id, String time) {
        return event(id, USER, "page_view", time, "{\"path\":\"/pricing\"}");
    }

    static Arrival item9(String id, String time, int answer) {
        return event(
                id,
                USER,
                "survey_response",
                time,
                "{\"instrument\":\"PHQ-9\",\"score\":8,\"items\":[1,1,1,1,1,1,1,1," + answer + "]}");
    }

    /** A session of one mood log, which ends where it starts. */
    static Arrival session(String start, double mood) {
        Instant begin = at(start);
        return Arrival.of(
                USER,
                begin.plus(Duration.ofMinutes(30)),
                new SessionFact(begin, begin, 1, 0, 0, mood, mood, 1, null, null, 0, 0));
    }

    static Arrival consent(String time, Purpose... granted) {
        return Arrival.of(new PrivacyRequest(USER, at(time), false, List.of(granted)));
    }

    static Arrival erasure(String time) {
        return Arrival.of(new PrivacyRequest(USER, at(time), true, List.of()));
    }

    static Arrival profile(String time, Map<String, String> fields) {
        return Arrival.of(new ProfilePatch(USER, at(time), fields, null, null));
    }

    static Arrival acknowledged(String alert, String time) {
        return Arrival.of(new StaffAction(
                "00000000-0000-4000-8000-0000000000f1",
                USER,
                alert,
                StaffAction.Kind.ACKNOWLEDGE,
                "kim",
                at(time),
                null,
                null,
                null));
    }
}

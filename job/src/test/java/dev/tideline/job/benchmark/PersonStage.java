package dev.tideline.job.benchmark;

import dev.tideline.job.person.Followed;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.person.Persons;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.rule.RuleDocument;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.sequence.SequenceMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.jspecify.annotations.Nullable;

/**
 * The job's whole stage as it is: arrivals over Flink's network, facts derived from events, patterns, alerts and their policy,
 * consent, segments, what is to be stored. What it finds is alert messages and changes of segments.
 */
record PersonStage(List<RuleRevision> rules, long until) implements Track.Contender {
    private static final Instant END_OF_TIME = Instant.parse("2100-01-01T00:00:00Z");

    /** The stage with these rules in force. */
    static PersonStage of(String documents) {
        return of(documents, END_OF_TIME.toEpochMilli());
    }

    /** The stage with these rules in force; time goes no further than {@code until} (epoch milliseconds). */
    static PersonStage of(String documents, long until) {
        return new PersonStage(
                RuleReader.read("benchmark", documents).documents().stream()
                        .map(PersonStage::revision)
                        .toList(),
                until);
    }

    private static RuleRevision revision(RuleDocument document) {
        return new RuleRevision(0, document.rule().header().key(), document.json(), Long.MIN_VALUE);
    }

    @Override
    public DataStream<Long> find(KeyedStream<Fact, String> facts) {
        DataStream<RuleRevision> noChanges = facts.getExecutionEnvironment()
                .fromData(TypeInformation.of(RuleRevision.class), rules.get(0))
                .filter(rule -> false);
        PersonOptions options = new PersonOptions(
                false,
                until,
                List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION),
                SequenceMatcher.MOST_PARTIALS,
                false,
                null);
        Followed followed = Persons.wire(
                facts.map(PersonStage::arrival).returns(TypeInformation.of(Arrival.class)), noChanges, rules, options);
        return followed.alerts()
                .map(alert -> 1L)
                .returns(Types.LONG)
                .union(followed.changes().map(HostedSegments::print).returns(Types.LONG));
    }

    private static Arrival arrival(Fact fact) {
        SessionFact session = fact.session();
        if (session != null) {
            return Arrival.of(fact.user(), fact.at(), session);
        }
        TextFact text = fact.text();
        if (text != null) {
            return Arrival.of(event(fact, "message_sent", "{\"channel\":\"forum\"}", text));
        }
        SurveyFact survey = fact.survey();
        if (survey != null) {
            String context = "{\"instrument\":\"PHQ-9\",\"score\":" + survey.score() + ",\"items\":[1,0,1,0,1,0,1,0,"
                    + survey.item9() + "]}";
            return Arrival.of(event(fact, "survey_response", context, null));
        }
        MoodFact mood = fact.mood();
        if (mood == null) {
            return Arrival.of(event(fact, fact.kind(), Objects.requireNonNull(fact.context()), null));
        }
        double logged = 1 + 9 * Objects.requireNonNull(mood.level());
        return Arrival.of(event(fact, fact.kind(), "{\"mood\":" + logged + "}", null));
    }

    private static Event event(Fact fact, String type, String context, @Nullable TextFact text) {
        return new Event(
                fact.id(),
                fact.user(),
                type,
                fact.at(),
                null,
                context,
                null,
                null,
                text,
                List.of(Purpose.RISK_DETECTION, Purpose.SEGMENTATION),
                fact.arrivedAt());
    }
}

package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The numbers behind a match, under the names that rules use for them. Never a word. */
final class EvidenceOf {
    private final Map<String, Double> values = new TreeMap<>();
    private @Nullable Double threshold;
    private @Nullable Double baseline;

    private EvidenceOf() {}

    /** Of each step its latest fact counts. */
    static Signal.Evidence match(Map<String, List<Fact>> steps) {
        EvidenceOf evidence = new EvidenceOf();
        List<String> events = new ArrayList<>();
        steps.forEach((step, facts) -> {
            facts.forEach(fact -> events.add(fact.id()));
            evidence.take(step, facts.get(facts.size() - 1));
        });
        return new Signal.Evidence(events, evidence.values, evidence.threshold, evidence.baseline);
    }

    private void take(String step, Fact fact) {
        if (fact.session() != null) {
            session(step + ".session.", fact.session());
        }
        if (fact.text() != null) {
            text(step + ".text.", fact.text());
        }
        if (fact.survey() != null) {
            survey(step + ".survey.", fact.survey());
        }
        if (fact.mood() != null) {
            mood(step + ".mood.", fact.mood());
        }
        if (fact.quiet() != null) {
            put(step + ".quiet.gap_days", fact.quiet().gapMillis() / 86_400_000.0);
            baseline = fact.quiet().medianGapMillis() / 86_400_000.0;
        }
        if (fact.week() != null) {
            put(step + ".week.events", (double) fact.week().events());
            put(step + ".week.ratio", fact.week().ratio());
        }
    }

    private void session(String prefix, SessionFact session) {
        put(prefix + "mood_mean", session.moodMean());
        put(prefix + "sentiment_mean", session.sentimentMean());
    }

    private void text(String prefix, TextFact text) {
        put(
                prefix + "sentiment",
                text.sentiment() == null ? null : text.sentiment().doubleValue());
        put(prefix + "rating", text.rating());
        put(prefix + "negative_of_last5", text.negativeOfLast5() < 0 ? null : (double) text.negativeOfLast5());
    }

    private void survey(String prefix, SurveyFact survey) {
        put(prefix + "score", survey.score());
        put(prefix + "item9", survey.item9() == null ? null : survey.item9().doubleValue());
        put(prefix + "change_from_best_90d", survey.changeFromBest90d());
    }

    private void mood(String prefix, MoodFact mood) {
        put(prefix + "level", mood.level());
        put(prefix + "ewma", mood.ewma());
        put(prefix + "drop", mood.drop());
        put(prefix + "slope_14d", mood.slope14d());
        threshold = mood.lowerLimit() == null ? threshold : mood.lowerLimit();
        baseline = mood.baselineMean() == null ? baseline : mood.baselineMean();
    }

    private void put(String name, @Nullable Double value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}

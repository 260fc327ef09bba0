package dev.tideline.job.person;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.trend.MoodScale;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into the facts that rules may ask about: the event itself, followed by its {@code text} or {@code survey}.
 *
 * <p>Must see a user's events in their order. On arrival, before order is restored, {@link #alone} gives the same facts
 * without what needs history.
 */
final class Facts {
    private static final String SURVEY = "survey_response";
    private static final int TEXTS = 5;
    private static final int MOODS = 4;
    private static final double LOWEST_TENTH = 0.1;

    private final Slot<FactHistory> history;

    Facts(Slot<FactHistory> history) {
        this.history = history;
    }

    private FactHistory history() {
        FactHistory known = history.get();
        return known == null ? FactHistory.empty() : known;
    }

    void forget() {
        history.set(null);
    }

    /** The facts of the next event in order. */
    List<Fact> of(Event event, boolean late) {
        List<Fact> facts = new ArrayList<>(2);
        facts.add(Fact.ofEvent(event, mood(event), late));
        TextFact text = event.textFact();
        if (text != null) {
            facts.add(Fact.ofText(event, amongLastFive(text), late));
        }
        if (event.type().equals(SURVEY)) {
            SurveyFact survey = survey(event, history().item9());
            if (survey != null) {
                facts.add(Fact.ofSurvey(event, survey, late));
                answered(survey.item9());
            }
        }
        return facts;
    }

    private void answered(@Nullable Integer item9) {
        if (item9 != null) {
            FactHistory known = history();
            history.set(new FactHistory(known.negativeTexts(), known.moodLevels(), item9));
        }
    }

    /** The facts of an event by itself: what needs history is not known. */
    static List<Fact> alone(Event event, boolean late) {
        List<Fact> facts = new ArrayList<>(2);
        facts.add(Fact.ofEvent(event, null, late));
        if (event.textFact() != null) {
            facts.add(Fact.ofText(event, event.textFact(), late));
        }
        SurveyFact survey = survey(event, null);
        if (survey != null) {
            facts.add(Fact.ofSurvey(event, survey, late));
        }
        return facts;
    }

    private @Nullable MoodFact mood(Event event) {
        Double level = event.type().equals("emotion_logged") ? MoodScale.level(event.context()) : null;
        if (level == null) {
            return null;
        }
        FactHistory known = history();
        List<Double> levels = newest(known.moodLevels(), level, MOODS);
        history.set(new FactHistory(known.negativeTexts(), levels, known.item9()));
        int lowest = (int) levels.stream().filter(l -> l <= LOWEST_TENTH).count();
        return MoodFact.ofLog(level, lowest);
    }

    private TextFact amongLastFive(TextFact text) {
        FactHistory known = history();
        if (text.assessed()) {
            known = new FactHistory(
                    newest(known.negativeTexts(), text.negative() ? 1 : 0, TEXTS), known.moodLevels(), known.item9());
            history.set(known);
        }
        return text.amongLastFive(
                known.negativeTexts().stream().mapToInt(Integer::intValue).sum());
    }

    private static @Nullable SurveyFact survey(Event event, @Nullable Integer previousItem9) {
        if (!event.type().equals(SURVEY)) {
            return null;
        }
        JsonNode context = Json.read(event.context());
        String instrument = context.path("instrument").textValue();
        if (instrument == null) {
            return null;
        }
        List<Double> items = new ArrayList<>();
        context.path("items")
                .forEach(item -> items.add(item.isBoolean() ? (item.booleanValue() ? 1.0 : 0.0) : item.doubleValue()));
        Double score = context.path("score").isNumber() ? context.path("score").doubleValue() : null;
        boolean phq9 = instrument.equals("PHQ-9");
        Integer item9 = phq9 && items.size() >= 9 ? (int) Math.round(items.get(8)) : null;
        return new SurveyFact(instrument, score, items, null, null, null, null, item9, phq9 ? previousItem9 : null);
    }

    private static <T> List<T> newest(List<T> known, T next, int most) {
        List<T> all = new ArrayList<>(known);
        all.add(next);
        return all.size() > most ? new ArrayList<>(all.subList(all.size() - most, all.size())) : all;
    }
}

package dev.tideline.job.cep;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one person, in the order of time, and what is true at each moment: the last moods, texts and answers, the
 * account.
 */
final class Life {
    /** How much time passes between two facts on average. */
    static final long MEAN_GAP = 5 * 60_000L;

    private static final long BEGIN = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final List<Purpose> ALLOWED = List.of(Purpose.RISK_DETECTION);

    private final Random random;
    private final String user;
    private final List<World.Item> items = new ArrayList<>();
    private final List<Double> moods = new ArrayList<>();
    private final List<Integer> negatives = new ArrayList<>();
    private @Nullable Integer item9;
    private @Nullable String account;
    private @Nullable String industry;
    private int order;

    /** What is to happen: the time is known before the rest, because ids decide the order within a millisecond. */
    private record Moment(long millis, String kind, String id) {}

    Life(Random random, int number, int facts) {
        this.random = random;
        user = "00000000-0000-4000-8000-" + String.format("%012d", number);
        List<Moment> moments = new ArrayList<>();
        long millis = BEGIN + random.nextInt(600_000);
        boolean sessionNow = false;
        for (int i = 0; i < facts; i++) {
            long gap = gap();
            millis += gap;
            sessionNow &= gap == 0;
            String kind = kind(sessionNow);
            sessionNow |= kind.equals("session");
            moments.add(new Moment(millis, kind, new UUID(random.nextLong(), random.nextLong()).toString()));
        }
        moments.sort(Comparator.comparingLong(Moment::millis)
                .thenComparing(moment -> moment.kind().equals("session") ? 0 : 1)
                .thenComparing(Moment::id));
        long before = Long.MIN_VALUE;
        for (Moment moment : moments) {
            if (moment.millis() > before && random.nextInt(60) == 0) {
                profile(moment.millis());
            }
            happen(moment);
            before = moment.millis();
        }
    }

    List<World.Item> items() {
        return items;
    }

    private long gap() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1, 2 -> 60_000L * (1 + random.nextInt(9));
            case 3 -> 1 + random.nextInt(3);
            default -> random.nextLong(2 * MEAN_GAP * 3 / 2);
        };
    }

    /** One session at most in a millisecond: nothing would tell which of two comes first. */
    private String kind(boolean sessionNow) {
        int drawn = random.nextInt(sessionNow ? 93 : 100);
        return drawn < 35
                ? "emotion_logged"
                : drawn < 58
                        ? "page_view"
                        : drawn < 73
                                ? "report_generated"
                                : drawn < 84 ? "message_sent" : drawn < 93 ? "survey_response" : "session";
    }

    private void profile(long millis) {
        Map<String, String> fields = new HashMap<>();
        account = random.nextBoolean() ? "free" : "paid";
        fields.put("account_type", '"' + account + '"');
        if (random.nextBoolean()) {
            industry = random.nextBoolean() ? "SaaS" : null;
            fields.put("properties.industry", industry == null ? "null" : '"' + industry + '"');
        }
        Arrival patch = Arrival.of(new ProfilePatch(user, Instant.ofEpochMilli(millis), fields, null, null));
        items.add(new World.Item(millis, user, "2", patch, List.of(), List.of(), UserProfile.UNKNOWN));
    }

    private void happen(Moment moment) {
        switch (moment.kind()) {
            case "emotion_logged" -> emotion(moment);
            case "page_view" -> page(moment);
            case "report_generated" -> report(moment);
            case "message_sent" -> message(moment);
            case "survey_response" -> survey(moment);
            default -> session(moment);
        }
    }

    private void emotion(Moment moment) {
        boolean whole = random.nextInt(3) > 0;
        double mood = whole ? 1 + random.nextInt(10) : 1 + random.nextInt(18) / 2.0;
        double level = (mood - 1) / 9;
        moods.add(level);
        int lowest = (int) last(moods, 4).stream().filter(each -> each <= 0.1).count();
        Said said = new Said()
                .with("context.mood", mood, whole ? String.valueOf((int) mood) : String.valueOf(mood))
                .also("mood.level", level)
                .also("mood.lowest_of_last4", lowest);
        if (random.nextInt(3) > 0) {
            said.text("context.emotion", List.of("sad", "angry", "calm", "glad").get(random.nextInt(4)));
        }
        Event event = event(moment, said.json(), null);
        add(event, said, Fact.ofEvent(event, MoodFact.ofLog(level, lowest), false), null, null);
    }

    private void page(Moment moment) {
        Said said = new Said();
        if (random.nextInt(12) > 0) {
            said.text(
                    "context.path",
                    List.of("/pricing", "/help", "/help/billing", "/logout", "/home")
                            .get(random.nextInt(5)));
        }
        Event event = event(moment, random.nextInt(8) == 0 && said.isEmpty() ? null : said.json(), null);
        add(event, said, Fact.ofEvent(event, null, false), null, null);
    }

    private void report(Moment moment) {
        Said said = new Said();
        int pages = random.nextInt(8);
        switch (random.nextInt(6)) {
            case 0 -> said.text("context.pages", "many");
            case 1 -> said.with("context.pages", pages + 0.5, String.valueOf(pages + 0.5));
            case 2 -> said.with("context.pages", (double) pages, pages + ".0");
            case 3 -> {}
            default -> said.with("context.pages", pages, String.valueOf(pages));
        }
        if (random.nextBoolean()) {
            boolean big = random.nextBoolean();
            said.with("context.tags", big ? "big" : "", big ? "[\"new\",\"big\"]" : "[]");
        }
        double part = random.nextInt(10) / 10.0;
        said.with("context.share", part, "{\"part\":" + part + "}");
        Event event = event(moment, said.json(), null);
        add(event, said, Fact.ofEvent(event, null, false), null, null);
    }

    private void message(Moment moment) {
        boolean assessed = random.nextInt(6) > 0;
        Integer sentiment = assessed ? random.nextInt(5) : null;
        List<Double> p = assessed ? List.of(random.nextInt(10) / 10.0, 0.1, 0.2, 0.1, 0.1) : List.of();
        String crisis = assessed
                ? List.of("none", "none", "none", "hopeless", "ideation").get(random.nextInt(5))
                : "unknown";
        if (sentiment != null) {
            negatives.add(sentiment <= 1 ? 1 : 0);
        }
        int negative = last(negatives, 5).stream().mapToInt(Integer::intValue).sum();
        TextFact text = new TextFact(
                "message", sentiment, p, assessed, -1, crisis, crisis, "first", false, "now", List.of(), null, "m");
        Said said = new Said().text("context.channel", random.nextBoolean() ? "chat" : "mail");
        Said meant = new Said()
                .also("text.assessed", assessed)
                .also("text.crisis", crisis)
                .also("text.negative_of_last5", negative);
        if (sentiment != null) {
            meant.also("text.sentiment", sentiment).also("text.p[0]", p.get(0));
        }
        Event event = event(moment, said.json(), text);
        add(
                event,
                said,
                Fact.ofEvent(event, null, false),
                Fact.ofText(event, text.amongLastFive(negative), false),
                meant);
    }

    private void survey(Moment moment) {
        boolean phq9 = random.nextBoolean();
        Double score = random.nextInt(5) == 0 ? null : Double.valueOf(random.nextInt(28));
        int answer = random.nextInt(3);
        Said said = new Said().text("context.instrument", phq9 ? "PHQ-9" : "GAD-7");
        Said found = new Said();
        if (score != null) {
            said.with("context.score", score, String.valueOf(score.intValue()));
            found.also("survey.score", score);
        }
        Integer before = item9;
        List<Double> answers = phq9 ? List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, (double) answer) : List.of();
        if (phq9) {
            said.with("context.items", "", "[1,1,1,1,1,1,1,1," + answer + "]");
            found.also("survey.item9", answer);
            if (before != null) {
                found.also("survey.previous_item9", before);
            }
            item9 = answer;
        }
        SurveyFact survey = new SurveyFact(
                phq9 ? "PHQ-9" : "GAD-7",
                score,
                answers,
                null,
                null,
                null,
                null,
                phq9 ? Integer.valueOf(answer) : null,
                phq9 ? before : null);
        Event event = event(moment, said.json(), null);
        add(event, said, Fact.ofEvent(event, null, false), Fact.ofSurvey(event, survey, false), found);
    }

    private void session(Moment moment) {
        long seconds = random.nextInt(900);
        long events = 1 + random.nextInt(8);
        Double mood = random.nextInt(3) == 0 ? null : Double.valueOf(random.nextInt(10) / 10.0);
        Instant end = Instant.ofEpochMilli(moment.millis()).minusSeconds(1800);
        Instant start = end.minusSeconds(seconds);
        SessionFact session =
                new SessionFact(start, end, events, 0, 0, mood, mood, mood == null ? 0 : 1, null, null, 0, 0);
        Said said = new Said().also("session.duration", seconds).also("session.events", events);
        if (mood != null) {
            said.also("session.mood_mean", mood);
        }
        Instant at = Instant.ofEpochMilli(moment.millis());
        Fact fact = Fact.ofSession(user, at, session, false);
        items.add(new World.Item(
                moment.millis(),
                user,
                "3",
                Arrival.of(user, at, session),
                List.of(fact),
                List.of(sighting(fact, said)),
                profile()));
    }

    private Event event(Moment moment, @Nullable String context, @Nullable TextFact text) {
        Instant at = Instant.ofEpochMilli(moment.millis());
        return new Event(moment.id(), user, moment.kind(), at, null, context, null, null, text, ALLOWED, at);
    }

    private void add(Event event, Said said, Fact fact, @Nullable Fact derived, @Nullable Said found) {
        List<Fact> facts = derived == null ? List.of(fact) : List.of(fact, derived);
        List<Sighting> sightings = new ArrayList<>();
        sightings.add(sighting(fact, said));
        if (derived != null && found != null) {
            sightings.add(sighting(derived, found));
        }
        items.add(new World.Item(
                fact.millis(), user, "4" + fact.id(), Arrival.of(event), facts, List.copyOf(sightings), profile()));
    }

    private Sighting sighting(Fact fact, Said said) {
        HashMap<String, Object> all = new HashMap<>(said.values());
        all.put("event_type", fact.kind());
        if (account != null) {
            all.put("user.account_type", account);
        }
        if (industry != null) {
            all.put("properties.industry", industry);
        }
        return new Sighting(order++, fact.kind(), fact.id(), user, fact.millis(), all);
    }

    private UserProfile profile() {
        return new UserProfile(
                account, null, null, null, industry == null ? Map.of() : Map.of("industry", '"' + industry + '"'));
    }

    private static <T> List<T> last(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** A context in the making: as JSON for ours, by name for stock's. */
    private static final class Said {
        private final Map<String, Object> values = new HashMap<>();
        private final StringJoiner json = new StringJoiner(",", "{", "}");

        Said with(String name, Object value, String asJson) {
            values.put(name, value);
            json.add('"' + name.substring("context.".length()) + "\":" + asJson);
            return this;
        }

        Said text(String name, String value) {
            return with(name, value, '"' + value + '"');
        }

        /** What is not part of the context. */
        Said also(String name, Object value) {
            values.put(name, value);
            return this;
        }

        Map<String, Object> values() {
            return values;
        }

        boolean isEmpty() {
            return values.isEmpty();
        }

        String json() {
            return json.toString();
        }
    }
}

package dev.tideline.patterns.rule;

import static dev.tideline.patterns.rule.Facts.event;
import static dev.tideline.patterns.rule.Facts.mood;
import static dev.tideline.patterns.rule.Facts.session;
import static dev.tideline.patterns.rule.Facts.survey;
import static dev.tideline.patterns.rule.Facts.text;
import static dev.tideline.patterns.rule.Facts.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Facts.InSequence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateTest {
    private static final String CONTEXT = """
            {"path":"/pricing","pages":3,"share":0.5,"whole":4.0,"nothing":null,"tags":["a","b"],"plan":{"seats":7},"big":9007199254740993}
            """;
    private static final Fact VIEW = event("page_view", CONTEXT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_type == \"page_view\"",
                "context.path == '/pricing'",
                "context[\"path\"].startsWith(\"/p\")",
                "context.path.matches(\"^/pr.*g$\")",
                "context.pages == 3",
                "context.pages == 3.0",
                "context.pages > 2.5 && context.pages < 4",
                "context.whole == 4",
                "context.big == 9007199254740993",
                "context.pages in [1, 2, 3]",
                "context.pages * 2 + 1 == 7",
                "context.pages % 2 == 1",
                "context.nothing == null",
                "'a' in context.tags",
                "'path' in context",
                "context.tags[1] == \"b\" && size(context.tags) == 2",
                "context.plan.seats == 7",
                "context.tags.exists(tag, tag == \"b\")",
                "context.tags.all(tag, size(tag) == 1)",
                "has(context.path) && !has(context.nobody)",
                "has(context.plan.seats) && !has(context.plan.price)",
                "context.pages != \"3\"",
                "context.path == 5 || true",
                "double(context.pages) / 2.0 == 1.5",
                "context.pages > 5 ? false : true",
                "!has(mood.level) && !has(session.duration)",
            })
    void holdsOfTheView(String source) {
        assertThat(holds(source, VIEW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.missing == 1",
                "context.missing != 1",
                "!(context.missing == 1)",
                "context.plan.price > 0",
                "context.path.deeper == 1",
                "context.path > 3",
                "context.pages < \"4\"",
                "context.pages == \"3\"",
                "context.nothing > 0",
                "context.share * 2 == 1.0",
                "context.tags[9] == \"a\"",
                "context.pages / 0 == 1",
                "mood.level < 0.5",
                "session.events >= 0",
                "text.sentiment <= 4",
                "quiet.gap > duration(\"0s\")",
                "week.ratio < 10.0",
                "timestamp(context.path) > timestamp(\"2020-01-01T00:00:00Z\")",
                "context.path",
                "context.pages",
            })
    void isFalseOfTheViewWithoutAFuss(String source) {
        assertThat(holds(source, VIEW)).isFalse();
    }

    @Test
    void anErrorIsAbsorbedWhereTheOtherSideDecides() {
        assertThat(holds("context.missing > 1 || context.pages == 3", VIEW)).isTrue();
        assertThat(holds("context.pages == 3 || context.missing > 1", VIEW)).isTrue();
        assertThat(holds("!(context.missing > 1 && context.pages == 4)", VIEW)).isTrue();
        assertThat(holds("context.missing > 1 || context.pages == 4", VIEW)).isFalse();
        assertThat(holds("!(context.missing > 1 && context.pages == 3)", VIEW)).isFalse();
    }

    @Test
    void whatIsNotKnownOfAFactIsAMissingField() {
        Fact log = mood(0.3);

        assertThat(holds("mood.level < 0.5", log)).isTrue();
        assertThat(holds("has(mood.ewma)", log)).isFalse();
        assertThat(holds("mood.ewma < 0.5", log)).isFalse();
        assertThat(holds("!(mood.ewma < 0.5)", log)).isFalse();
        assertThat(holds("has(mood.level) && mood.lowest_of_last4 == 1", log)).isTrue();
    }

    @Test
    void declaredNumbersOfEitherKindCompareWithEachOther() {
        assertThat(holds("mood.level == 1", mood(1.0))).isTrue();
        assertThat(holds("mood.level != 1", mood(0.5))).isTrue();
        assertThat(holds("mood.level in [0, 1]", mood(1.0))).isTrue();
        assertThat(holds("session.events == 3.0 && session.events < 3.5", session(Duration.ZERO, 3, null)))
                .isTrue();
    }

    @Test
    void sessionsHaveDurationsAndInstants() {
        Fact short_ = session(Duration.ofSeconds(90), 3, 0.4);

        assertThat(holds("session.duration < duration(\"2m\")", short_)).isTrue();
        assertThat(holds("session.duration >= duration(\"90s\")", short_)).isTrue();
        assertThat(holds("session.end - session.start == session.duration", short_))
                .isTrue();
        assertThat(holds("session.start >= timestamp(\"2026-03-02T12:00:00Z\")", short_))
                .isTrue();
        assertThat(holds("session.start.getHours() == 12 && session.start.getDayOfWeek() == 1", short_))
                .isTrue();
        assertThat(holds("session.mood_mean > 0.3 && session.mood_logs == 1", short_))
                .isTrue();
    }

    @Test
    void aTextThatCouldNotBeAssessedHasNoSentiment() {
        assertThat(holds("text.kind == \"feedback\" && text.rating <= 0.4 && text.sentiment <= 1", text(1, 0.4)))
                .isTrue();
        assertThat(holds("text.sentiment <= 4", text(null, 0.4))).isFalse();
        assertThat(holds("!text.assessed && !has(text.sentiment) && !has(text.p)", text(null, null)))
                .isTrue();
        assertThat(holds("text.p[1] > 0.5 && text.negative_of_last5 == 2", text(1, null)))
                .isTrue();
    }

    @Test
    void theProfileIsThatOfTheUser() {
        UserProfile founder = user("free", Map.of("industry", "\"SaaS\"", "seats", "12", "left", "null"));
        Scope scope = Scope.of(null, founder);

        assertThat(compile("user.account_type == \"free\"", Visible.PROFILE).test(scope))
                .isTrue();
        assertThat(compile("properties.industry == \"SaaS\" && properties.seats > 10.5", Visible.PROFILE)
                        .test(scope))
                .isTrue();
        assertThat(compile("has(properties.left) || has(properties.never)", Visible.PROFILE)
                        .test(scope))
                .isFalse();
        assertThat(compile("size(properties) == 2", Visible.PROFILE).test(scope))
                .isTrue();
        assertThat(compile("user.demographic_data.country == \"FR\"", Visible.PROFILE)
                        .test(scope))
                .isTrue();
        assertThat(compile("user.signup_date < \"2026-02-01\"", Visible.PROFILE).test(scope))
                .isTrue();
        assertThat(compile("user.account_type != \"free\"", Visible.PROFILE).test(Scope.of(null, UserProfile.UNKNOWN)))
                .isFalse();
    }

    @Test
    void aSequenceKnowsTheFactBeforeAndItsEarlierSteps() {
        Visible visible = Visible.afterSteps(Set.of("first"));
        Scope scope = new InSequence(mood(0.2), mood(0.4), Map.of("first", mood(0.9)));

        assertThat(compile("mood.level < prev.mood.level && prev.mood.level < first.mood.level", visible)
                        .test(scope))
                .isTrue();
        assertThat(compile("first.event_type == \"mood_day\" && !has(first.session.start)", visible)
                        .test(scope))
                .isTrue();
        assertThat(compile("first.context.path == \"/\"", visible).test(scope)).isFalse();
    }

    @Test
    void atTheFirstStepThereIsNothingBefore() {
        Scope first = new InSequence(mood(0.2), null, Map.of());
        Visible visible = Visible.afterSteps(Set.of());

        assertThat(compile("mood.level < prev.mood.level", visible).test(first)).isFalse();
        assertThat(compile("has(prev.mood.level)", visible).test(first)).isFalse();
        assertThat(compile("!has(prev.mood.level) || mood.level < prev.mood.level", visible)
                        .test(first))
                .isTrue();
    }

    @Test
    void aRiseIsOneOnlyIfThereWasSomethingToRiseFrom() {
        Predicate rose = compile(
                "answered.survey.item9 > answered.survey.previous_item9", Visible.afterSteps(Set.of("answered")));

        assertThat(rose.test(new InSequence(survey(1, 0), null, Map.of("answered", survey(1, 0)))))
                .isTrue();
        assertThat(rose.test(new InSequence(survey(1, null), null, Map.of("answered", survey(1, null)))))
                .isFalse();
    }

    @Test
    void predicatesOfTheSameSourceAndVariablesAreEqual() {
        Predicate one = compile("context.pages > 2", Visible.FACT);

        assertThat(one)
                .isEqualTo(compile("context.pages > 2", Visible.FACT))
                .hasSameHashCodeAs(compile("context.pages > 2", Visible.FACT));
        assertThat(one).isNotEqualTo(compile("context.pages > 3", Visible.FACT));
        assertThat(one).isNotEqualTo(compile("context.pages > 2", Visible.afterSteps(Set.of())));
        assertThat(one.source()).isEqualTo("context.pages > 2");
    }

    @Test
    void longChainsAreFineAndLongTextsAreNot() {
        String chain = String.join(
                " || ",
                IntStream.range(0, 100).mapToObj(i -> "context.pages == " + i).toList());
        assertThat(holds(chain, VIEW)).isTrue();

        String endless = "context.path == \"" + "x".repeat(Expressions.MAX_LENGTH) + "\"";
        assertThat(Expressions.compile(endless, Visible.FACT)).isInstanceOf(Expressions.Outcome.Refused.class);
    }

    @Test
    void manyThreadsMayAskAtOnce() {
        Predicate predicate = compile("context.pages == 3 && context.plan.seats == 7", Visible.FACT);
        List<Fact> facts = List.of(VIEW, event("page_view", "{\"pages\":3,\"plan\":{\"seats\":8}}"));

        long right = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> predicate.test(Scope.of(facts.get(i % 2), UserProfile.UNKNOWN)) == (i % 2 == 0))
                .count();

        assertThat(right).isEqualTo(20_000);
    }

    private static boolean holds(String source, Fact fact) {
        return compile(source, Visible.FACT).test(Scope.of(fact, UserProfile.UNKNOWN));
    }

    private static Predicate compile(String source, Visible visible) {
        Expressions.Outcome outcome = Expressions.compile(source, visible);
        assertThat(outcome).as(source).isInstanceOf(Expressions.Outcome.Compiled.class);
        return ((Expressions.Outcome.Compiled) outcome).predicate();
    }
}

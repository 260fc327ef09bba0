package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.plan.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The odd corners, where a plan could easily say something else than CEL's runtime. */
class PlannedPredicateTest {
    private static final Fact FACT = new Fact(
            "page_view",
            "id",
            Facts.USER,
            Facts.NOON,
            """
            {"pages":3,"three":3.0,"text":"3","emoji":"é😀","big":9007199254740993,"huge":1e300,"large":9223372036854775808,
             "least":-9223372036854775808,"nothing":null,"tags":["a",null,[1]],"plan":{"seats":7,"price":null},"yes":true,
             "twice":1,"twice":2}
            """,
            null,
            new SessionFact(
                    Instant.parse("2026-03-01T23:59:59.999999999Z"),
                    Facts.NOON,
                    4,
                    2,
                    0,
                    0.5,
                    null,
                    1,
                    null,
                    null,
                    0,
                    0),
            new MoodFact(Double.NaN, 1, null, null, -0.0, 0.0, 0.3, 0.4, 0.2, null, null, null, null),
            null,
            new QuietFact(90_500, 1_000, null),
            null,
            false,
            Facts.NOON);
    private static final Scope SCOPE = Scope.of(
            FACT, new UserProfile("free", null, null, null, Map.of("seats", "12", "left", "null", "name", "\"x\"")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // Numbers of different kinds, at the ends of their ranges, and what is no number.
                "TRUE  ~ context.pages == context.three && context.pages in [3.0] && 3 in [context.three]",
                "TRUE  ~ context.big == 9007199254740993 && context.big == 9007199254740992.0",
                "TRUE  ~ context.large == 9223372036854775808.0 && context.large == 9223372036854775807",
                "FALSE ~ mood.level == 1.0 || mood.level < 1.0 || mood.level > 1.0",
                "TRUE  ~ mood.level > 1 && !(mood.level < 1)",
                "TRUE  ~ mood.level == mood.level && !(mood.level == mood.level + 0.0)",
                "TRUE  ~ mood.baseline_mean == mood.baseline_sd && mood.baseline_mean != 0 && mood.baseline_mean < 0",
                "ERROR ~ context.least * -1 > 0",
                "ERROR ~ -context.least > 0",
                "ERROR ~ 9223372036854775807 + session.events > 0",
                "ERROR ~ -9223372036854775807 - session.events < 0",
                "ERROR ~ session.events / 0 == 1",
                "ERROR ~ session.events % 0 == 1",
                "TRUE  ~ mood.drop / 0.0 > 1e308",
                "TRUE  ~ -7 / 2 == -3 && -7 % 2 == -1",
                "ERROR ~ context.huge > 0 && int(context.huge) > 0",
                "TRUE  ~ int('-7') == -7 && int(2.9) == 2 && int(-2.9) == -2 && double('1e3') == 1000",
                "ERROR ~ int('7 ') == 7",
                "ERROR ~ double('seven') == 7.0",
                // The checker settles on a fraction here; a whole number is an error then, as it is in CEL's runtime.
                "ERROR ~ 0.5 < context.plan['seats']",
                "TRUE  ~ 0.5 < context.plan.seats",
                "ERROR ~ context.three * 2 == 6",
                // Values of different types are unequal, but have no order.
                "TRUE  ~ context.pages != '3' && context.text != 3 && context.nothing != 0 && context.yes != 1",
                "ERROR ~ context.pages < '4'",
                "ERROR ~ context.yes < 1",
                "TRUE  ~ context.nothing == null && context.tags[1] == null && context.plan.price == null",
                "ERROR ~ context.nothing < 1",
                "TRUE  ~ context.tags == ['a', null, [1.0]] && context.plan == context.plan",
                "FALSE ~ [1.0] in context.tags",
                "TRUE  ~ [1] in context.tags",
                // What is missing.
                "ERROR ~ context.missing == 1",
                "ERROR ~ has(context.text.deeper)",
                "ERROR ~ has(context.missing.deeper)",
                "FALSE ~ has(context.missing)",
                "TRUE  ~ has(context.nothing) && has(context.plan.price) && 'nothing' in context",
                "FALSE ~ has(properties.left) || 'left' in properties || has(week.ratio) || has(mood.slope_p)",
                "ERROR ~ has(user.demographic_data.age)",
                "FALSE ~ has(user.demographic_data)",
                "ERROR ~ context.tags[3] == 'a'",
                "ERROR ~ context.tags[-1] == 'a'",
                "TRUE  ~ context.tags[context.twice - 2] == 'a' && context.tags[dyn(2.0 * 0.5)] == null",
                // Errors and who absorbs them.
                "TRUE  ~ context.missing || context.yes",
                "FALSE ~ context.missing && context.pages == 4",
                "ERROR ~ context.missing || context.pages == 4",
                "ERROR ~ context.pages || false",
                "TRUE  ~ context.pages || true",
                "ERROR ~ context.missing ? true : true",
                "TRUE  ~ context.yes ? true : context.missing",
                "ERROR ~ !context.pages",
                "ERROR ~ context.text",
                // Strings.
                "TRUE  ~ size(context.emoji) == 2 && context.emoji.endsWith('😀') && context.emoji < '😀'",
                "TRUE  ~ context.text.matches('[0-9]') && !context.text.matches('^$')",
                "ERROR ~ context.pages.startsWith('3')",
                "TRUE  ~ context.text + '' == '3' && (context.text + 'x').contains('3x')",
                // Times.
                "TRUE  ~ session.start.getFullYear() == 2026 && session.start.getMonth() == 2",
                "TRUE  ~ session.start.getDate() == 1 && session.start.getDayOfMonth() == 0",
                "TRUE  ~ session.start.getDayOfWeek() == 0 && session.start.getDayOfYear() == 59",
                "TRUE  ~ session.start.getMilliseconds() == 999 && session.start.getHours('Asia/Tokyo') == 8",
                "TRUE  ~ quiet.gap == duration('90.5s') && quiet.gap.getMilliseconds() == 500 && quiet.gap.getMinutes() == 1",
                "TRUE  ~ session.end - session.start == session.duration && session.start + session.duration == session.end",
                "ERROR ~ quiet.median_gap - quiet.gap < duration('0s')",
                "ERROR ~ timestamp('9999-12-31T23:59:59Z') + quiet.gap > session.start",
                "ERROR ~ timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z') > quiet.gap",
                "ERROR ~ quiet.gap < duration('100000000h')",
                // Of members with the same name the last one counts.
                "TRUE  ~ context.twice == 2",
            })
    void saysWhatCelSays(String outcome, String source) {
        PlannedPredicate plan = planned(source);

        assertThat(name(plan.outcome(SCOPE))).isEqualTo(outcome);
        assertThat(name(Expressions.interpreted(source, Visible.FACT, Expressions.tree(source, Visible.FACT))
                        .outcome(SCOPE)))
                .as("CEL's runtime")
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "context.tags.exists(tag, tag == 'a') ~ `exists`",
                "context.tags.all(tag, tag == 'a') ~ `all`",
                "size(context.tags.map(tag, tag)) == 1 ~ `map` or `filter`",
                "context.tags.exists_one(tag, tag == 'a') ~ `exists_one`",
                "string(context.pages) == '3' ~ `string`",
                "timestamp(context.text) < session.end ~ `timestamp` of what is no literal",
                "(context.a || context.b) == true ~ `&&` or `||` as a value",
                "mood == prev.mood ~ `mood` as a whole",
                "context.pages == 3u ~ unsigned numbers or bytes",
                "{'a': 1}[context.text] == 1 ~ a map made in the expression",
            })
    void whatIsNotPlannedSaysWhy(String source, String reason) {
        Predicate predicate = compiled(source, Visible.afterSteps(Set.of()));

        assertThat(predicate).isInstanceOf(CelPredicate.class);
        assertThat(predicate.evaluation()).isEqualTo("run by CEL's interpreter (because of " + reason + ")");
    }

    @Test
    void whatIsPlannedSaysSo() {
        assertThat(planned("context.pages > 3").evaluation()).isEqualTo("planned into closures");
    }

    @Test
    void anErrorInOneEvaluationIsForgottenInTheNext() {
        PlannedPredicate plan = planned("mood.ewma < mood.lower_limit || session.events + 1 > 4");
        Scope nothing = Scope.of(Facts.event("page_view", null), UserProfile.UNKNOWN);

        assertThat(plan.outcome(nothing)).isEqualTo(Truth.ERROR);
        assertThat(plan.outcome(SCOPE)).isEqualTo(Truth.TRUE);
        assertThat(plan.outcome(nothing)).isEqualTo(Truth.ERROR);
    }

    @Test
    void moreFactsThanAreRememberedAreReadAgain() {
        PlannedPredicate plan = planned("context.pages == 7");
        List<Scope> scopes = IntStream.range(0, 40)
                .mapToObj(i -> Scope.of(Facts.event("page_view", "{\"pages\":" + i + "}"), UserProfile.UNKNOWN))
                .toList();

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < scopes.size(); i++) {
                assertThat(plan.test(scopes.get(i))).isEqualTo(i == 7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context.items.exists(i, i.tags.exists(t, t == 'a'))",
                "context.path.matches('a') || context.path.matches('b')",
                "context.a in ['x', 'y', 'z']",
            })
    void everydayExpressionsMayCostWhatTheyCost(String source) {
        assertThat(Expressions.compile(source, Visible.FACT)).isInstanceOf(Expressions.Outcome.Compiled.class);
    }

    @Test
    void macrosInsideEachOtherMultiply() {
        assertThat(cost("context.a.exists(x, x == 1)")).isBetween(100L, 400L);
        assertThat(cost("context.a.exists(x, context.b.exists(y, x == y))")).isBetween(5_000L, 15_000L);
        assertThat(cost("[1, 2].exists(x, x == 1)")).isLessThan(50);
    }

    @Test
    void anExpressionThatMayCostTooMuchIsRefusedAtItsDearestPart() {
        Expressions.Outcome outcome = Expressions.compile(
                "event_type == 'page_view' &&\n  context.a.exists(x, context.b.exists(y, context.c.exists(z, x == y)))",
                Visible.FACT);

        assertThat(outcome).isInstanceOfSatisfying(Expressions.Outcome.Refused.class, refused -> {
            assertThat(refused.flaws()).hasSize(1);
            Flaw flaw = refused.flaws().get(0);
            assertThat(flaw.line()).isEqualTo(2);
            assertThat(flaw.column()).isEqualTo(18);
            assertThat(flaw.found()).startsWith("an expression of about ").endsWith(" steps, most of them from here");
            assertThat(flaw.expected())
                    .startsWith("at most " + Cost.MOST_STEPS + " (macros inside each other multiply");
        });
    }

    private static long cost(String source) {
        return Cost.of(Expressions.tree(source, Visible.FACT));
    }

    private static String name(int outcome) {
        return outcome == Truth.ERROR ? "ERROR" : outcome == Truth.TRUE ? "TRUE" : "FALSE";
    }

    private static PlannedPredicate planned(String source) {
        Predicate predicate = compiled(source, Visible.FACT);
        assertThat(predicate).as(source).isInstanceOf(PlannedPredicate.class);
        return (PlannedPredicate) predicate;
    }

    private static Predicate compiled(String source, Visible visible) {
        Expressions.Outcome outcome = Expressions.compile(source, visible);
        assertThat(outcome).as(source).isInstanceOf(Expressions.Outcome.Compiled.class);
        return ((Expressions.Outcome.Compiled) outcome).predicate();
    }
}

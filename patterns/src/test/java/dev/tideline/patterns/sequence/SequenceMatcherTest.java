package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY_ANY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NEXT;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_NEXT;
import static dev.tideline.patterns.sequence.Sample.FALLING;
import static dev.tideline.patterns.sequence.Sample.at;
import static dev.tideline.patterns.sequence.Sample.consecutive;
import static dev.tideline.patterns.sequence.Sample.fact;
import static dev.tideline.patterns.sequence.Sample.greedy;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.mood;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.optional;
import static dev.tideline.patterns.sequence.Sample.until;
import static dev.tideline.patterns.sequence.Sample.watched;
import static dev.tideline.patterns.sequence.Sample.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Outcome.Loss;
import dev.tideline.patterns.sequence.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceMatcherTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SequenceMatcher matcher = new SequenceMatcher();
    private final SequenceState state = new SequenceState();

    @Test
    void findsMoodThatFallsOverThreeSessionsRunning() {
        matcher.watch(List.of(watched(
                "pattern/falling",
                HOUR,
                one("first", FOLLOWED_BY, "session"),
                one("second", NEXT, "session", FALLING),
                one("third", NEXT, "session", FALLING))));

        List<Match> matches = accept(
                fact("high", "session", "10:00", 0.8),
                fact("lower", "session", "10:10", 0.6),
                fact("again", "session", "10:20", 0.6),
                fact("low", "session", "10:30", 0.4),
                fact("lowest", "session", "10:40", 0.2));

        assertThat(matches).singleElement().satisfies(match -> {
            assertThat(match.key()).isEqualTo("pattern/falling");
            assertThat(match.version()).isEqualTo(1);
            assertThat(match.at()).isEqualTo(at("10:40"));
            assertThat(match.steps().keySet()).containsExactly("first", "second", "third");
            assertThat(ids(match)).containsExactly("again", "low", "lowest");
        });
    }

    @Test
    void thereIsNoFactBeforeTheFirst() {
        List<Fact> seenBefore = new ArrayList<>();
        matcher.watch(List.of(watched("p", HOUR, one("a", FOLLOWED_BY, "text", where("prev", scope -> {
            seenBefore.add(scope.previous());
            return true;
        })))));

        accept(fact("1", "text", "10:00"), fact("2", "text", "10:01"));

        assertThat(seenBefore).hasSize(2).containsOnlyNulls();
    }

    @Test
    void previousIsTheFactAcceptedBeforeInTheSameLoop() {
        matcher.watch(List.of(watched(
                "p",
                HOUR,
                one("start", FOLLOWED_BY, "survey"),
                new Sequence.Step("loop", FOLLOWED_BY, "text", FALLING, 3, 3, false, false, false, null))));

        assertThat(accept(
                        fact("start", "survey", "10:00", 0.9),
                        fact("8", "text", "10:01", 0.8),
                        fact("not below 8", "text", "10:02", 0.85),
                        fact("7", "text", "10:03", 0.7),
                        fact("6", "text", "10:04", 0.6)))
                .singleElement()
                .satisfies(match -> assertThat(ids(match)).containsExactly("start", "8", "7", "6"));
    }

    @Test
    void aStepSeesTheLatestFactOfAnEarlierStepByItsName() {
        matcher.watch(List.of(watched(
                "p",
                HOUR,
                one("before", FOLLOWED_BY, "survey"),
                one("between", FOLLOWED_BY, "text"),
                one(
                        "after",
                        FOLLOWED_BY,
                        "survey",
                        where("above", scope -> mood(scope.fact()) > mood(scope.step("before")))))));

        assertThat(accept(
                        fact("5", "survey", "10:00", 0.5),
                        fact("9", "text", "10:01", 0.9),
                        fact("4", "survey", "10:02", 0.4),
                        fact("6", "survey", "10:03", 0.6)))
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("5", "9", "6"));
    }

    @Test
    void aPredicateSeesTheProfileOfTheFactsInstant() {
        matcher.watch(List.of(watched(
                "p",
                HOUR,
                one(
                        "a",
                        FOLLOWED_BY,
                        "text",
                        where("free", scope -> "free".equals(scope.user().accountType()))))));
        UserProfile free = new UserProfile("free", null, null, null, Map.of());

        assertThat(matcher.accept(state, fact("1", "text", "10:00"), UserProfile.UNKNOWN))
                .isEqualTo(Outcome.NOTHING);
        assertThat(matcher.accept(state, fact("2", "text", "10:01"), free).matches())
                .hasSize(1);
    }

    @Test
    void aFinishedMatchCanBeAskedAbout() {
        matcher.watch(List.of(
                watched("p", HOUR, many("loop", FOLLOWED_BY, "text", 2, 2), one("end", FOLLOWED_BY, "survey"))));

        Match match = accept(fact("1", "text", "10:00"), fact("2", "text", "10:01"), fact("3", "survey", "10:02"))
                .get(0);

        assertThat(match.first().id()).isEqualTo("1");
        assertThat(match.last().id()).isEqualTo("3");
        assertThat(match.scope(UserProfile.UNKNOWN).fact()).isEqualTo(match.last());
        assertThat(match.scope(UserProfile.UNKNOWN).previous())
                .extracting(Fact::id)
                .isEqualTo("2");
        assertThat(match.scope(UserProfile.UNKNOWN).step("loop"))
                .extracting(Fact::id)
                .isEqualTo("2");
        assertThat(match.scope(UserProfile.UNKNOWN).step("nobody")).isNull();
    }

    @Test
    void stampsAbsenceAtTheExactEndOfItsWindow() {
        matcher.watch(List.of(
                watched("p", HOUR, one("asked", FOLLOWED_BY, "text"), one("answered", NOT_FOLLOWED_BY, "survey"))));
        accept(fact("question", "text", "10:00"));

        assertThat(matcher.nextDue(state)).hasValue(at("11:00").toEpochMilli());
        assertThat(matcher.advance(state, at("11:00").toEpochMilli() - 1)).isEqualTo(Outcome.NOTHING);
        assertThat(matcher.advance(state, at("15:00").toEpochMilli()).matches())
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.at()).isEqualTo(at("11:00"));
                    assertThat(ids(match)).containsExactly("question");
                });
        assertThatNothingIsLeft();
    }

    @Test
    void absencesThatEndTogetherComeInTheOrderOfTheirTime() {
        matcher.watch(List.of(
                watched("long", HOUR, one("a", FOLLOWED_BY, "text"), one("b", NOT_FOLLOWED_BY, "survey")),
                watched(
                        "short",
                        Duration.ofMinutes(5),
                        one("a", FOLLOWED_BY, "text"),
                        one("b", NOT_FOLLOWED_BY, "survey"))));
        accept(fact("1", "text", "10:00"), fact("2", "text", "10:57"));

        assertThat(accept(fact("later", "text", "13:00")))
                .extracting(match -> match.at() + " " + match.key())
                .containsExactly(at("11:00") + " long", at("11:02") + " short", at("11:57") + " long");
    }

    @Test
    void whatComesAtTheEndOfTheWindowComesTooLateToSpoilAnAbsence() {
        matcher.watch(List.of(
                watched("p", HOUR, one("asked", FOLLOWED_BY, "text"), one("answered", NOT_FOLLOWED_BY, "survey"))));

        assertThat(accept(fact("1", "text", "10:00"), fact("2", "survey", "11:00")))
                .hasSize(1);
        assertThat(accept(fact("3", "text", "12:00"), fact("4", "survey", "12:59:59.999"), fact("5", "text", "14:00")))
                .isEmpty();
    }

    @Test
    void aMatchIsCompleteOnlyWhenLessThanItsWindowLiesBetweenFirstAndLast() {
        matcher.watch(List.of(watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));

        assertThat(accept(fact("1", "text", "10:00"), fact("2", "survey", "11:00")))
                .isEmpty();
        assertThat(accept(fact("3", "text", "12:00"), fact("4", "survey", "12:59:59.999")))
                .hasSize(1);
    }

    @Test
    void factsOfOneMillisecondAreFactsOfTheirOwn() {
        matcher.watch(List.of(
                watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "text")),
                watched("q", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY_ANY, "survey"))));

        List<Match> matches = accept(
                fact("1", "text", "10:00"),
                fact("2", "text", "10:00"),
                fact("3", "survey", "10:00"),
                fact("4", "survey", "10:00"));

        assertThat(matches)
                .extracting(match -> match.key() + " " + ids(match))
                .containsExactlyInAnyOrder("p [1, 2]", "q [1, 3]", "q [2, 3]", "q [1, 4]", "q [2, 4]");
    }

    @Test
    void nextAndNotNextAndConsecutiveLookAtTheSequencesOwnKindsOnly() {
        matcher.watch(List.of(
                watched("next", HOUR, one("a", FOLLOWED_BY, "text"), one("b", NEXT, "survey")),
                watched("not next", HOUR, one("a", FOLLOWED_BY, "text"), one("b", NOT_NEXT, "survey")),
                watched(
                        "consecutive",
                        HOUR,
                        consecutive(many("a", FOLLOWED_BY, "text", 2, 2)),
                        one("b", FOLLOWED_BY, "survey"))));

        List<Match> matches = accept(
                fact("1", "text", "10:00"),
                fact("unseen", "page_view", "10:01"),
                fact("2", "text", "10:02"),
                fact("unseen", "page_view", "10:03"),
                fact("3", "survey", "10:04"));

        assertThat(matches)
                .extracting(match -> match.key() + " " + ids(match))
                .containsExactly("not next [1]", "consecutive [1, 2, 3]", "next [2, 3]");
    }

    @Test
    void anOptionalStepMayBeMissing() {
        matcher.watch(List.of(watched(
                "p",
                HOUR,
                one("a", FOLLOWED_BY, "text"),
                optional(one("b", FOLLOWED_BY, "session")),
                one("c", FOLLOWED_BY, "survey"))));

        assertThat(accept(fact("1", "text", "10:00"), fact("3", "survey", "10:02")))
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("1", "3"));
        assertThat(accept(fact("4", "text", "12:00"), fact("5", "session", "12:01"), fact("6", "survey", "12:02")))
                .extracting(SequenceMatcherTest::ids)
                .containsExactlyInAnyOrder(List.of("4", "5", "6"), List.of("4", "6"));
    }

    @Test
    void aGreedyStepTakesAllItCan() {
        Sequence.Step end = one("end", FOLLOWED_BY, "text", where("low", scope -> mood(scope.fact()) < 0.3));
        matcher.watch(List.of(
                watched("greedy", HOUR, greedy(many("loop", FOLLOWED_BY, "text", 1, null)), one("z", NEXT, "survey")),
                watched("times", HOUR, many("loop", FOLLOWED_BY, "text", 2, 3), end)));

        List<Match> matches = accept(
                fact("1", "text", "10:00"),
                fact("2", "text", "10:01"),
                fact("low", "text", "10:02", 0.1),
                fact("end", "survey", "10:03"));

        assertThat(matches)
                .filteredOn(match -> match.key().equals("greedy"))
                .extracting(SequenceMatcherTest::ids)
                .containsExactlyInAnyOrder(
                        List.of("1", "2", "low", "end"), List.of("2", "low", "end"), List.of("low", "end"));
        assertThat(matches)
                .filteredOn(match -> match.key().equals("times"))
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("1", "2", "low"));
    }

    @Test
    void aLoopEndsWhenItsUntilHolds() {
        matcher.watch(List.of(watched(
                "p",
                HOUR,
                until(many("loop", FOLLOWED_BY, "text", 2, null), where("low", scope -> mood(scope.fact()) < 0.3)))));

        assertThat(accept(
                        fact("1", "text", "10:00"),
                        fact("2", "text", "10:01"),
                        fact("low", "text", "10:02", 0.1),
                        fact("3", "text", "10:03")))
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("1", "2"));
    }

    @Test
    void nothingIsLeftOnceTheWindowHasPassed() {
        matcher.watch(List.of(
                watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey")),
                watched("q", HOUR, many("a", FOLLOWED_BY, "text", 3, null), one("b", NOT_NEXT, "survey"))));
        accept(fact("1", "text", "10:00"), fact("2", "text", "10:20"), fact("3", "text", "10:40"));
        assertThat(state.isEmpty()).isFalse();
        assertThat(state.partials()).isGreaterThan(3);

        assertThat(matcher.advance(state, at("11:40").toEpochMilli())).isEqualTo(Outcome.NOTHING);

        assertThatNothingIsLeft();
    }

    @Test
    void aFactThatNobodyNamesStillLetsTimePass() {
        matcher.watch(List.of(watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));
        accept(fact("1", "text", "10:00"), fact("2", "page_view", "11:30"));

        assertThat(matcher.watches("page_view")).isFalse();
        assertThat(matcher.watches("survey")).isTrue();
        assertThatNothingIsLeft();
    }

    @Test
    void aSequenceThatIsNoLongerWatchedLeavesNothingAndTheOthersGoOn() {
        WatchedSequence old = watched("old", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"));
        WatchedSequence same = watched("same", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "session"));
        matcher.watch(List.of(old, same));
        accept(fact("1", "text", "10:00"));

        matcher.watch(List.of(new WatchedSequence("old", 2, old.sequence(), Long.MIN_VALUE), same));
        List<Match> matches =
                accept(fact("2", "survey", "10:01"), fact("3", "session", "10:02"), fact("4", "page_view", "10:03"));

        assertThat(matches).extracting(Match::key).containsExactly("same");
        assertThatNothingIsLeft();
    }

    @Test
    void aSequenceOfTheSameVersionThatSaysSomethingElseBeginsAnew() {
        matcher.watch(List.of(watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));
        accept(fact("1", "text", "10:00"));

        matcher.watch(List.of(
                watched("p", HOUR.plusMillis(1), one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));

        assertThat(accept(fact("2", "survey", "10:01"))).isEmpty();
        assertThatNothingIsLeft();
    }

    @Test
    void aSequenceDoesNotSeeFactsFromBeforeItTookEffect() {
        Sequence sequence = watched("p", HOUR, one("a", FOLLOWED_BY, "text")).sequence();
        matcher.watch(List.of(new WatchedSequence("p", 1, sequence, at("10:00").toEpochMilli())));

        assertThat(accept(fact("1", "text", "09:59:59.999"), fact("2", "text", "10:00")))
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("2"));
    }

    @Test
    void tooManyPartialMatchesCostOnlyTheSequenceThatHasThem() {
        SequenceMatcher narrow = new SequenceMatcher(3);
        narrow.watch(List.of(
                watched("many", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey")),
                watched("one", HOUR, one("a", FOLLOWED_BY, "session"), one("b", FOLLOWED_BY, "survey"))));
        List<Outcome> outcomes = List.of(
                        fact("0", "session", "10:00"),
                        fact("1", "text", "10:01"),
                        fact("2", "text", "10:02"),
                        fact("3", "text", "10:03"),
                        fact("4", "text", "10:04"),
                        fact("5", "text", "10:05"),
                        fact("6", "survey", "10:06"),
                        fact("7", "text", "11:03:59.999"),
                        fact("8", "text", "11:04"),
                        fact("9", "survey", "11:05"))
                .stream()
                .map(fact -> narrow.accept(state, fact, UserProfile.UNKNOWN))
                .toList();

        assertThat(outcomes.get(4).losses()).containsExactly(new Loss("many", 1, 4, Reason.STOPPED));
        assertThat(outcomes.stream()
                        .mapToInt(outcome -> outcome.losses().size())
                        .sum())
                .isEqualTo(1);
        assertThat(outcomes.get(6).matches())
                .extracting(match -> match.key() + " " + ids(match))
                .containsExactly("one [0, 6]");
        assertThat(outcomes.get(9).matches())
                .extracting(match -> match.key() + " " + ids(match))
                .containsExactly("many [8, 9]");
        assertThatNothingIsLeft();
    }

    @Test
    void aStoppedSequenceIsForgottenWhenItsWindowHasPassed() {
        SequenceMatcher narrow = new SequenceMatcher(1);
        narrow.watch(List.of(watched("many", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));
        narrow.accept(state, fact("1", "text", "10:00"), UserProfile.UNKNOWN);
        narrow.accept(state, fact("2", "text", "10:10"), UserProfile.UNKNOWN);

        assertThat(state.isEmpty()).isFalse();
        assertThat(state.partials()).isZero();
        assertThat(narrow.nextDue(state)).hasValue(at("11:10").toEpochMilli());
        narrow.advance(state, at("11:10").toEpochMilli() - 1);
        assertThat(state.isEmpty()).isFalse();
        narrow.advance(state, at("11:10").toEpochMilli());
        assertThatNothingIsLeft();
    }

    @Test
    void aNewVersionIsNotStoppedBecauseTheOldOneWas() {
        SequenceMatcher narrow = new SequenceMatcher(1);
        WatchedSequence old = watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"));
        narrow.watch(List.of(old));
        narrow.accept(state, fact("1", "text", "10:00"), UserProfile.UNKNOWN);
        narrow.accept(state, fact("2", "text", "10:10"), UserProfile.UNKNOWN);

        narrow.watch(
                List.of(new WatchedSequence("p", 2, old.sequence(), at("10:20").toEpochMilli())));
        narrow.accept(state, fact("3", "text", "10:20"), UserProfile.UNKNOWN);

        assertThat(narrow.accept(state, fact("4", "survey", "10:30"), UserProfile.UNKNOWN)
                        .matches())
                .extracting(SequenceMatcherTest::ids)
                .containsExactly(List.of("3", "4"));
        assertThatNothingIsLeft();
    }

    @Test
    void eachVersionSeesTheFactsOfItsOwnStretchOfTime() {
        WatchedSequence old = watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"));
        long change = at("10:30").toEpochMilli();
        matcher.watch(List.of(old.until(change), new WatchedSequence("p", 2, old.sequence(), change)));

        assertThat(accept(
                        fact("1", "text", "10:00"),
                        fact("2", "survey", "10:29:59.999"),
                        fact("3", "text", "10:29:59.999"),
                        fact("4", "text", "10:30"),
                        fact("5", "survey", "10:31")))
                .extracting(match -> match.version() + " " + ids(match))
                .containsExactly("1 [1, 2]", "2 [4, 5]");
        assertThatNothingIsLeft();
    }

    @Test
    void aVersionLeavesNothingAtItsEnd() {
        WatchedSequence open = watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"));
        matcher.watch(List.of(open));
        accept(fact("1", "text", "10:00"));
        assertThat(matcher.nextDue(state)).hasValue(at("11:00").toEpochMilli());

        matcher.watch(List.of(open.until(at("10:30").toEpochMilli())));

        assertThat(matcher.nextDue(state)).hasValue(at("10:30").toEpochMilli());
        matcher.advance(state, at("10:30").toEpochMilli() - 1);
        assertThat(state.isEmpty()).isFalse();
        matcher.advance(state, at("10:30").toEpochMilli());
        assertThatNothingIsLeft();
    }

    @Test
    void anAbsenceIsCompleteOnlyBeforeTheVersionEnds() {
        WatchedSequence asked =
                watched("p", HOUR, one("asked", FOLLOWED_BY, "text"), one("answered", NOT_FOLLOWED_BY, "survey"));
        matcher.watch(List.of(asked.until(at("11:10").toEpochMilli())));
        accept(fact("in time", "text", "10:09:59.999"), fact("too late", "text", "10:10"));

        assertThat(matcher.advance(state, at("15:00").toEpochMilli()).matches())
                .extracting(match -> match.at() + " " + ids(match))
                .containsExactly(at("11:09:59.999") + " [in time]");
        assertThatNothingIsLeft();
    }

    @Test
    void longLoopsReachTheBoundSooner() {
        matcher.watch(List.of(watched("p", HOUR, consecutive(many("a", FOLLOWED_BY, "text", 2, null)))));

        List<Loss> losses = IntStream.range(0, 100)
                .mapToObj(i ->
                        Sample.fact(Sample.USER, "f" + i, "text", at("10:00").plusSeconds(i), 0.5))
                .flatMap(fact -> matcher.accept(state, fact, UserProfile.UNKNOWN).losses().stream())
                .toList();

        assertThat(losses)
                .singleElement()
                .satisfies(loss -> assertThat(loss.dropped()).isLessThan(100));
    }

    @Test
    void aPredicateThatFailsDoesNotHold() {
        matcher.watch(List.of(
                watched("wrong", HOUR, one("a", FOLLOWED_BY, "text", where("wrong", scope -> {
                    throw new IllegalArgumentException("a predicate must not do this");
                }))),
                watched("right", HOUR, one("a", FOLLOWED_BY, "text"))));

        assertThat(accept(fact("1", "text", "10:00"), fact("2", "text", "10:01")))
                .extracting(Match::key)
                .containsExactly("right", "right");
    }

    @Test
    void aSequenceOnWhichTheAutomatonFailsIsGivenUpAndTheOthersGoOn() {
        matcher.watch(List.of(
                watched(
                        "broken",
                        HOUR,
                        many("a", FOLLOWED_BY, "text", 1, null),
                        one("b", FOLLOWED_BY, "survey", where("broken", scope -> {
                            throw new org.apache.flink.util.FlinkRuntimeException("as a broken buffer would");
                        }))),
                watched("whole", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));
        accept(fact("1", "text", "10:00"));

        Outcome outcome = matcher.accept(state, fact("2", "survey", "10:01"), UserProfile.UNKNOWN);

        assertThat(outcome.losses()).containsExactly(new Loss("broken", 1, 1, Reason.BROKEN));
        assertThat(outcome.matches()).extracting(Match::key).containsExactly("whole");
        assertThat(accept(fact("3", "text", "10:02"), fact("4", "survey", "10:03")))
                .extracting(Match::key)
                .containsExactly("whole");
        assertThatNothingIsLeft();
    }

    @Test
    void usersDoNotSeeEachOther() {
        matcher.watch(List.of(watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", FOLLOWED_BY, "survey"))));
        SequenceState other = new SequenceState();
        matcher.accept(other, fact("theirs", "text", "10:00"), UserProfile.UNKNOWN);

        assertThat(accept(fact("ours", "survey", "10:01"))).isEmpty();
        assertThat(matcher.accept(other, fact("theirs too", "survey", "10:02"), UserProfile.UNKNOWN)
                        .matches())
                .hasSize(1);
    }

    private List<Match> accept(Fact... facts) {
        List<Match> matches = new ArrayList<>();
        for (Fact fact : facts) {
            Outcome outcome = matcher.accept(state, fact, UserProfile.UNKNOWN);
            assertThat(outcome.losses()).isEmpty();
            matches.addAll(outcome.matches());
        }
        return matches;
    }

    private static List<String> ids(Match match) {
        return match.facts().stream().map(Fact::id).toList();
    }

    private void assertThatNothingIsLeft() {
        SequenceState empty = new SequenceState();
        empty.watched = state.watched;
        assertThat(state.isEmpty()).isTrue();
        assertThat(Sample.written(state)).isEqualTo(Sample.written(empty));
        assertThat(matcher.nextDue(state)).isEmpty();
    }
}

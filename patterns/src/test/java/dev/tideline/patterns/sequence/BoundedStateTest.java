package dev.tideline.patterns.sequence;

import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.FOLLOWED_BY_ANY;
import static dev.tideline.patterns.rule.Sequence.Contiguity.NOT_FOLLOWED_BY;
import static dev.tideline.patterns.sequence.Sample.FALLING;
import static dev.tideline.patterns.sequence.Sample.about;
import static dev.tideline.patterns.sequence.Sample.many;
import static dev.tideline.patterns.sequence.Sample.mood;
import static dev.tideline.patterns.sequence.Sample.one;
import static dev.tideline.patterns.sequence.Sample.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However long a user's history and whatever the shape, state stays as small as the bound on partial matches makes it. */
class BoundedStateTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int BOUND = 20;
    private static final int FACTS = 3000;

    private static WatchedSequence of(Evaluation evaluation) {
        return switch (evaluation) {
            case ONE_FACT -> watched("p", HOUR, one("a", FOLLOWED_BY, "text"));
            case RUN ->
                watched(
                        "p",
                        HOUR,
                        one("a", FOLLOWED_BY, "text"),
                        one("b", FOLLOWED_BY, "text", FALLING),
                        one("c", FOLLOWED_BY, "survey"));
            case COUNT -> watched("p", HOUR, many("a", FOLLOWED_BY, "text", 30, 30));
            case THEN ->
                watched(
                        "p",
                        HOUR,
                        one("a", FOLLOWED_BY, "text"),
                        one("b", FOLLOWED_BY_ANY, "survey", about("low", scope -> mood(scope.fact()) < 0.1)));
            case ALL ->
                watched(
                        "p",
                        HOUR,
                        one("a", FOLLOWED_BY, "text"),
                        one("b", FOLLOWED_BY_ANY, "text"),
                        one("c", FOLLOWED_BY_ANY, "survey"));
            case ABSENCE -> watched("p", HOUR, one("a", FOLLOWED_BY, "text"), one("b", NOT_FOLLOWED_BY, "survey"));
            case NFA -> watched("p", HOUR, many("a", FOLLOWED_BY, "text", 2, null), one("b", FOLLOWED_BY, "survey"));
        };
    }

    @ParameterizedTest
    @EnumSource(Evaluation.class)
    void stateStaysBoundedAndGoesWithTheWindow(Evaluation evaluation) {
        WatchedSequence watched = of(evaluation);
        assertThat(SequenceCompiler.evaluation(watched.sequence())).isEqualTo(evaluation);
        SequenceMatcher matcher = new SequenceMatcher(BOUND);
        matcher.watch(List.of(watched));
        Random random = new Random(evaluation.ordinal());
        SequenceState state = new SequenceState();
        Set<Outcome.Reason> losses = new HashSet<>();
        long millis = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
        int largest = 0;
        for (int i = 0; i < FACTS; i++) {
            millis += random.nextInt(60_000);
            String kind = random.nextInt(50) == 0 ? "survey" : "text";
            Fact fact = Sample.fact(
                    Sample.USER, Integer.toString(i), kind, Instant.ofEpochMilli(millis), random.nextDouble());
            matcher.accept(state, fact, UserProfile.UNKNOWN).losses().forEach(loss -> losses.add(loss.reason()));
            assertThat(state.partials()).isLessThanOrEqualTo(BOUND);
            byte[] written = Sample.written(state);
            largest = Math.max(largest, written.length);
            state = Sample.read(written);
        }
        assertThat(largest).isLessThan(evaluation == Evaluation.NFA ? 60_000 : 5000);
        boolean keepsNothing = evaluation == Evaluation.ONE_FACT;
        assertThat(losses).isEqualTo(keepsNothing ? Set.of() : Set.of(Outcome.Reason.STOPPED));
        assertThat(state.isEmpty()).isEqualTo(keepsNothing);

        matcher.advance(state, millis + HOUR.toMillis());

        assertThat(state.isEmpty()).isTrue();
        assertThat(Sample.written(state)).hasSizeLessThan(30);
    }
}

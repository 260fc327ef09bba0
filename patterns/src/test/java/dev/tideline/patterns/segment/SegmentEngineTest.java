package dev.tideline.patterns.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.SegmentRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentEngineTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final UserProfile FREE = new UserProfile("free", null, null, null, Map.of());

    private SegmentState state = new SegmentState("u");

    @Test
    void leavesTheSegmentWhenTheThirdNewestViewIsSevenDaysOld() {
        SegmentEngine engine = engine(segment("viewers", performed("page_view", 3, null, WEEK)));

        view(engine, "v1", day(0));
        view(engine, "v2", day(1));
        List<SegmentChange> entered = view(engine, "v3", day(2)).live();
        OptionalLong due = engine.nextDue(state);
        List<SegmentChange> tooEarly = engine.advance(state, day(7) - 1).live();
        List<SegmentChange> left = engine.advance(state, day(9)).live();

        assertThat(entered).singleElement().satisfies(change -> {
            assertThat(change.entered()).isTrue();
            assertThat(change.at()).isEqualTo(instant(day(2)));
            assertThat(change.reason()).isEqualTo(Reason.EVENT);
            assertThat(change.cause()).isEqualTo("v3");
            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.memberSince()).isEqualTo(instant(day(2)));
            assertThat(change.expiresAt()).isEqualTo(instant(day(7)));
        });
        assertThat(due).hasValue(day(7));
        assertThat(tooEarly).isEmpty();
        assertThat(left).singleElement().satisfies(change -> {
            assertThat(change.entered()).isFalse();
            assertThat(change.at()).isEqualTo(instant(day(7)));
            assertThat(change.reason()).isEqualTo(Reason.EXPIRY);
            assertThat(change.cause()).isNull();
            assertThat(change.sequence()).isEqualTo(2);
            assertThat(change.memberSince()).isEqualTo(instant(day(2)));
            assertThat(change.expiresAt()).isNull();
        });
        assertThat(engine.nextDue(state))
                .as("two views are still in their week, but too few for anything")
                .isEmpty();
    }

    @Test
    void whoHasNotBeenSeenForAWeekEntersExactlyAWeekAfterTheNewestView() {
        SegmentEngine engine = engine(segment("away", performed("page_view", 0, 0, WEEK)));

        assertThat(engine.advance(state, day(-1)).isEmpty())
                .as("nobody is there yet")
                .isTrue();
        view(engine, "v1", day(0));
        view(engine, "v2", day(3));

        assertThat(engine.advance(state, day(30)).live())
                .singleElement()
                .satisfies(change -> assertThat(change.at()).isEqualTo(instant(day(10))));
    }

    @Test
    void aUserExistsFromTheFirstProfileEvenAnEmptyOne() {
        SegmentEngine engine = engine(segment("never", new Condition.Not(performed("trial_started", 1, null, null))));

        SegmentInstant instant = engine.open(state, day(0));
        instant.takeProfile(UserProfile.UNKNOWN);

        assertThat(instant.settle().live())
                .singleElement()
                .satisfies(change -> assertThat(change.reason()).isEqualTo(Reason.PROFILE));
    }

    @Test
    void aLateViewCountsFromTheMomentItComesWithItsOwnTime() {
        SegmentEngine engine = engine(segment("viewers", performed("page_view", 2, null, WEEK)));
        view(engine, "v1", day(8));

        SegmentInstant tooOld = engine.open(state, day(9));
        tooOld.take(SegmentWorld.fact("page_view", "old", day(2), null), UserProfile.UNKNOWN);
        assertThat(tooOld.settle().isEmpty()).isTrue();

        SegmentInstant late = engine.open(state, day(10));
        late.take(SegmentWorld.fact("page_view", "late", day(4), null), UserProfile.UNKNOWN);
        assertThat(late.settle().live()).singleElement().satisfies(change -> {
            assertThat(change.at()).isEqualTo(instant(day(10)));
            assertThat(change.expiresAt()).isEqualTo(instant(day(11)));
        });
    }

    @Test
    void inAndOutWithinOneMillisecondIsNoChange() {
        SegmentEngine engine = engine(segment(
                "viewers-not-buyers",
                new Condition.All(List.of(
                        performed("page_view", 1, null, WEEK),
                        new Condition.Not(performed("bought", 1, null, WEEK))))));

        SegmentInstant instant = engine.open(state, day(0));
        instant.take(SegmentWorld.fact("page_view", "v1", day(0), null), FREE);
        instant.take(SegmentWorld.fact("bought", "b1", day(0), null), FREE);

        assertThat(instant.settle().isEmpty()).isTrue();
    }

    @Test
    void aViewInTheMillisecondInWhichTheLastOneExpiresKeepsTheMember() {
        SegmentEngine engine = engine(segment("viewers", performed("page_view", 1, null, WEEK)));
        view(engine, "v1", day(0));

        assertThat(view(engine, "v2", day(7)).isEmpty()).isTrue();
        assertThat(engine.nextDue(state)).hasValue(day(14));
    }

    @Test
    void expiryLooksThroughOtherSegmentsAndNegations() {
        SegmentEngine engine = engine(
                segment("quiet", new Condition.Not(new Condition.InSegment("busy"))),
                segment("busy", performed("page_view", 2, null, WEEK)),
                segment("not-quiet", new Condition.Not(new Condition.InSegment("quiet"))));
        view(engine, "v1", day(0));

        List<SegmentChange> changes = view(engine, "v2", day(1)).live();

        assertThat(changes).extracting(SegmentChange::segment).containsExactly("busy", "not-quiet", "quiet");
        assertThat(changes.get(1).expiresAt()).isEqualTo(instant(day(7)));
        assertThat(changes.get(2).entered()).isFalse();
    }

    @Test
    void riskOpensAndClosesTheSegment() {
        SegmentEngine engine = engine(segment("at-risk", new Condition.AtRisk(Level.RED)));
        view(engine, "v1", day(0));

        assertThat(risk(engine, day(1), Level.AMBER).isEmpty()).isTrue();
        assertThat(risk(engine, day(2), Level.CRISIS).live())
                .extracting(SegmentChange::entered)
                .containsExactly(true);
        assertThat(risk(engine, day(3), null).live())
                .extracting(SegmentChange::reason)
                .containsExactly(Reason.RISK);
    }

    @Test
    void equalLeavesAreKeptOnceWhicheverSegmentsUseThem() {
        SegmentEngine engine = engine(
                segment("one", performed("page_view", 1, null, WEEK)),
                segment("three", performed("page_view", 3, null, WEEK)),
                segment("few", performed("page_view", 0, 1, WEEK)));

        for (int i = 0; i < 10; i++) {
            view(engine, "v" + i, day(0) + i);
        }

        List<Integer> sizes = new ArrayList<>();
        state.tallies.forEach(tally -> sizes.add(tally.size()));
        assertThat(sizes).containsExactly(3);
    }

    @Test
    void aFactOfNoConcernIsNotEvenLookedAt() {
        SegmentEngine engine = engine(segment(
                "picky",
                new Condition.Performed(
                        "page_view",
                        Told.that("fails", scope -> {
                            throw new AssertionError("was asked");
                        }),
                        1,
                        null,
                        WEEK)));

        SegmentInstant instant = engine.open(state, day(0));
        instant.take(SegmentWorld.fact("bought", "b1", day(0), null), FREE);

        assertThat(instant.settle().isEmpty()).isTrue();
    }

    @Test
    void anUnchangedLeafKeepsItsHistoryAcrossVersions() {
        SegmentEngine before = engine(segment("viewers", performed("page_view", 3, null, WEEK)));
        view(before, "v1", day(0));
        view(before, "v2", day(1));

        SegmentEngine after = engine(segment(2, "viewers", false, performed("page_view", 2, null, WEEK)));
        List<SegmentChange> changes = after.adopt(state, FREE, day(2)).settle().live();

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.version()).isEqualTo(2);
            assertThat(change.reason()).isEqualTo(Reason.RULE);
            assertThat(change.at()).isEqualTo(instant(day(2)));
        });
    }

    @Test
    void whatARuleToComeAsksForIsCountedBeforeItHoldsAndTurnsNobodyUntilThen() {
        SegmentRule one = segment("viewers", performed("page_view", 1, null, WEEK));
        SegmentRule three = segment(2, "viewers", false, performed("page_view", 3, null, WEEK));
        SegmentRule bought = segment("buyers", performed("bought", 1, null, null));
        SegmentEngine before = new SegmentEngine(List.of(one), List.of(bought, three));
        SegmentEngine after = new SegmentEngine(List.of(three, bought), List.of());

        List<SegmentChange> entered = view(before, "v1", day(0)).live();
        view(before, "v2", day(1));
        view(before, "v3", day(2));
        SegmentInstant instant = before.open(state, day(3));
        instant.take(SegmentWorld.fact("bought", "b1", day(3), null), FREE);
        assertThat(instant.settle().isEmpty()).as("not in force yet").isTrue();
        assertThat(before.nextDue(state))
                .as("only what holds can turn by time alone: the newest view gets a week old")
                .hasValue(day(9));
        state = SegmentState.fromBytes("u", state.toBytes());

        assertThat(after.adopt(state, FREE, day(4), before).settle().live())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.segment()).isEqualTo("buyers");
                    assertThat(change.reason()).isEqualTo(Reason.RULE);
                    assertThat(change.at()).isEqualTo(instant(day(4)));
                });
        assertThat(entered).extracting(SegmentChange::segment).containsExactly("viewers");
        assertThat(after.advance(state, day(30)).live())
                .as("three views were remembered, although one was enough for the rule of the time")
                .singleElement()
                .satisfies(change -> assertThat(change.at()).isEqualTo(instant(day(7))));
    }

    @Test
    void aRemovedSegmentEndsItsMembershipsAndItsHistory() {
        SegmentEngine before = engine(segment("viewers", performed("page_view", 1, null, WEEK)));
        view(before, "v1", day(0));

        List<SegmentChange> changes =
                engine().adopt(state, FREE, day(1)).settle().live();

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.entered()).isFalse();
            assertThat(change.reason()).isEqualTo(Reason.RULE);
        });
        assertThat(state.tallies.isEmpty()).isTrue();
    }

    @Test
    void aShadowIsToldToNobodyAndStartsAtOneWhenItGoesLive() {
        Condition views = performed("page_view", 1, null, WEEK);
        SegmentEngine shadow = engine(segment(1, "viewers", true, views));

        SegmentChanges told = view(shadow, "v1", day(0));
        SegmentChanges live = engine(segment(2, "viewers", false, views))
                .adopt(state, FREE, day(1))
                .settle();

        assertThat(told.live()).isEmpty();
        assertThat(told.shadow()).hasSize(1);
        assertThat(live.live()).singleElement().satisfies(change -> {
            assertThat(change.entered()).isTrue();
            assertThat(change.sequence()).isEqualTo(1);
        });
        assertThat(live.shadow()).extracting(SegmentChange::entered).containsExactly(false);
    }

    @Test
    void withdrawnConsentEndsAllAndTheNumbersGoOnAfterwards() {
        SegmentEngine engine = engine(segment("viewers", performed("page_view", 1, null, WEEK)));
        view(engine, "v1", day(0));

        SegmentChanges closed = engine.close(state, day(1), Reason.CONSENT);
        state = SegmentState.fromBytes("u", state.toBytes());
        SegmentChanges again = view(engine, "v2", day(2));

        assertThat(closed.live()).extracting(SegmentChange::reason).containsExactly(Reason.CONSENT);
        assertThat(again.live()).extracting(SegmentChange::sequence).containsExactly(3L);
    }

    @Test
    void segmentsInACircleAreRefused() {
        assertThatThrownBy(() ->
                        engine(segment("a", new Condition.InSegment("b")), segment("b", new Condition.InSegment("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segments in a circle: a → b → a");
    }

    @Test
    void stateOfAForeignFormatIsRefused() {
        byte[] bytes = state.toBytes();
        bytes[0] = 9;

        assertThatThrownBy(() -> SegmentState.fromBytes("u", bytes)).hasMessage("segment state of format 9, not 2");
    }

    private SegmentChanges view(SegmentEngine engine, String id, long at) {
        SegmentInstant instant = engine.open(state, at);
        instant.take(SegmentWorld.fact("page_view", id, at, null), UserProfile.UNKNOWN);
        return instant.settle();
    }

    private SegmentChanges risk(SegmentEngine engine, long at, @Nullable Level level) {
        SegmentInstant instant = engine.open(state, at);
        instant.takeRisk(level);
        return instant.settle();
    }

    private static SegmentEngine engine(SegmentRule... rules) {
        return new SegmentEngine(List.of(rules));
    }

    private static SegmentRule segment(String id, Condition when) {
        return segment(1, id, false, when);
    }

    private static SegmentRule segment(int version, String id, boolean shadow, Condition when) {
        return new SegmentRule(
                new Header(Header.Kind.SEGMENT, id, version, id, "", true, shadow, Long.MIN_VALUE), when);
    }

    private static Condition performed(String fact, int atLeast, @Nullable Integer atMost, @Nullable Long within) {
        return new Condition.Performed(fact, null, atLeast, atMost, within);
    }

    private static long day(int day) {
        return MONDAY.plus(Duration.ofDays(day)).toEpochMilli();
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}

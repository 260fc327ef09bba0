package dev.tideline.patterns.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.HistoryNeeds.Recall;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryNeedsTest {
    private static final long DAY = 86_400_000L;

    @Test
    void aLeafThatNobodyCountedIsToBeRecalledAsFarBackAsItsWindow() {
        HistoryNeeds needs = of(segment("new", "performed: page_view, at_least: 3, within: 7d"), List.of());

        assertThat(needs.any()).isTrue();
        assertThat(needs.recalls()).containsExactly(new Recall("page_view", 7 * DAY, false, false));
        assertThat(needs.leaves()).hasSize(1);
    }

    @Test
    void aLeafThatSomebodyCountsIsKnown() {
        SegmentRule kept = segment("kept", "performed: page_view, at_least: 3, within: 7d");

        assertThat(of(segment("same", "performed: page_view, at_least: 3, within: 7d"), List.of(kept))
                        .any())
                .isFalse();
        assertThat(of(segment("fewer", "performed: page_view, at_most: 2, within: 7d"), List.of(kept))
                        .any())
                .as("at most two is three that are remembered")
                .isFalse();
        assertThat(of(segment("more", "performed: page_view, at_most: 3, within: 7d"), List.of(kept))
                        .any())
                .isTrue();
        assertThat(of(segment("longer", "performed: page_view, at_least: 3, within: 8d"), List.of(kept))
                        .any())
                .isTrue();
    }

    @Test
    void ofALeafWithoutWindowAllIsCountedWhateverTheBounds() {
        SegmentRule kept = segment("kept", "performed: page_view");

        assertThat(of(segment("more", "performed: page_view, at_least: 50"), List.of(kept))
                        .any())
                .isFalse();
    }

    @Test
    void whatIsNotEnabledCountsNothingAndNeedsNothing() {
        SegmentRule disabled = disabled(segment("off", "performed: page_view"));

        assertThat(of(disabled, List.of()).any()).isFalse();
        assertThat(of(segment("new", "performed: page_view"), List.of(disabled)).any())
                .isTrue();
    }

    @Test
    void oneKindIsReadOnceAsFarBackAsAnyLeafAsksAndWithTheProfileWhereOneDoes() {
        HistoryNeeds needs = of(
                segment(
                        "new",
                        "any: [ { performed: page_view, within: 7d }, "
                                + "{ performed: page_view, where: 'user.account_type == \"free\"', within: 30d }, "
                                + "{ not: { performed: login } } ]"),
                List.of());

        assertThat(needs.recalls())
                .containsExactly(
                        new Recall("login", null, false, false), new Recall("page_view", 30 * DAY, true, false));
        assertThat(needs.leaves()).hasSize(3);
    }

    @Test
    void ofASequenceAllKindsAreReadInOrder() {
        HistoryNeeds needs = of(
                segment(
                        "new",
                        "sequence: [ { step: a, on: page_view }, { step: b, on: session, "
                                + "where: 'properties.industry == \"SaaS\"' } ], within: 1d"),
                List.of());

        assertThat(needs.recalls())
                .containsExactly(new Recall("page_view", DAY, false, true), new Recall("session", DAY, true, true));
    }

    @Test
    void whatAnEventsMoodWasOnThatDayHistoryCannotSay() {
        HistoryNeeds needs = of(
                segment(
                        "new",
                        "all: [ { performed: emotion_logged, where: 'mood.level < 0.2', within: 7d }, "
                                + "{ performed: emotion_logged, where: 'mood.ewma < 0.2', within: 8d }, "
                                + "{ performed: mood_day, where: 'mood.ewma < 0.2', within: 9d } ]"),
                List.of());

        assertThat(needs.recalls())
                .containsExactly(
                        new Recall("emotion_logged", 7 * DAY, false, false),
                        new Recall("mood_day", 9 * DAY, false, false));
        assertThat(needs.unanswered()).singleElement().asString().contains("emotion_logged", "mood.ewma");
    }

    @Test
    void whoRefersToASegmentThatWaitsWaitsWithIt() {
        SegmentRule middle = segment("middle", "segment: waiting");
        SegmentRule outer = segment("outer", "not: { segment: middle }");

        HistoryNeeds needs = HistoryNeeds.of(outer, List.of(middle), Set.of("waiting"));

        assertThat(needs.waits()).isTrue();
        assertThat(needs.any()).isTrue();
        assertThat(needs.recalls()).isEmpty();
        assertThat(HistoryNeeds.of(outer, List.of(middle), Set.of()).any()).isFalse();
        assertThat(HistoryNeeds.waitingToo(List.of(outer, middle, segment("other", "risk: RED")), Set.of("waiting")))
                .containsExactlyInAnyOrder("waiting", "middle", "outer");
    }

    @Test
    void profileRiskAndOtherSegmentsAreKnownWithoutHistory() {
        HistoryNeeds needs = of(
                segment("new", "all: [ { profile: 'user.account_type == \"free\"' }, { risk: RED }, { segment: s } ]"),
                List.of());

        assertThat(needs.any()).isFalse();
        assertThat(needs.unanswered()).isEmpty();
    }

    private static HistoryNeeds of(SegmentRule rule, List<SegmentRule> before) {
        return HistoryNeeds.of(rule, before, Set.of());
    }

    private static SegmentRule disabled(SegmentRule rule) {
        var header = rule.header();
        return new SegmentRule(
                new Header(
                        header.kind(),
                        header.id(),
                        header.version(),
                        header.name(),
                        header.description(),
                        false,
                        header.shadow(),
                        header.effectiveMillis()),
                rule.when());
    }

    private static SegmentRule segment(String id, String when) {
        var reading = RuleReader.read(
                "test", "{ kind: segment, id: " + id + ", version: 1, name: " + id + ", when: { " + when + " } }");
        assertThat(reading.problems()).isEmpty();
        return (SegmentRule) reading.rules().get(0);
    }
}

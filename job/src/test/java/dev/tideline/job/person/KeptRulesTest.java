package dev.tideline.job.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.rule.SegmentRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which versions of which rules are kept, and for how long. Times are milliseconds. */
final class KeptRulesTest {
    private final KeptRules kept = new KeptRules(List.of(), Long.MIN_VALUE);

    @Test
    void eachVersionHoldsUntilTheNextOne() {
        come(1, "segment/a", 10, 100);
        come(2, "segment/a", 11, 200);
        come(3, "segment/b", 10, 150);

        assertThat(told()).containsExactlyInAnyOrder("1: 100…200", "2: 200…", "3: 150…");
    }

    @Test
    void aLaterRevisionOfAnEarlierInstantTakesThePlaceOfWhatWasToCome() {
        come(1, "segment/a", 10, 100);
        come(2, "segment/a", 11, 300);
        come(3, "segment/a", 12, 200);

        assertThat(told()).containsExactlyInAnyOrder("1: 100…200", "3: 200…");
    }

    @Test
    void whatWasRemovedEndsAndInTheEndLeavesNothing() {
        come(1, "segment/a", 10, 100);
        remove(2, "segment/a", 200);
        assertThat(told()).containsExactly("1: 100…200");

        manyMore(3, "segment/b", 300);
        kept.forget(100_000);

        assertThat(kept.byNumber()).doesNotContainKeys("segment/a#1", "segment/a#2");
        assertThat(kept.begin()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void ofVersionsThatEndedOnlyTheLastOnesAreKept() {
        manyMore(1, "segment/a", 1_000);
        kept.forget(999);
        assertThat(kept.byNumber()).hasSize(2 * KeptRules.MOST_ENDED);
        assertThat(kept.begin()).isEqualTo(Long.MIN_VALUE);

        kept.forget(Long.MAX_VALUE - 1);

        assertThat(kept.byNumber()).hasSize(KeptRules.MOST_ENDED + 1);
        assertThat(kept.begin()).isEqualTo(1_000 + KeptRules.MOST_ENDED - 1);
    }

    @Test
    void theOldestThatIsKeptJudgesWhatComesLateFromTheTimeOfThoseThatAreNot() {
        manyMore(1, "pattern/visit", 1_000);
        kept.forget(Long.MAX_VALUE - 1);

        List<RuleVersion> oldest = new ArrayList<>();
        kept.forEach((version, until) -> oldest.add(version));

        assertThat(oldest.get(0).since()).isEqualTo(1_000);
        assertThat(oldest.get(0).from()).isEqualTo(1_000 + KeptRules.MOST_ENDED - 1);
        assertThat(oldest.get(1).since()).isEqualTo(oldest.get(1).from());
        assertThat(kept.begin()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void nothingOfATimeBeforeARuleWasRemovedIsLeftToItsSuccessor() {
        come(1, "pattern/visit", 1, 100);
        remove(2, "pattern/visit", 200);
        come(3, "pattern/visit", 2, 300);
        manyMore(4, "segment/b", 400);
        kept.forget(100_000);

        assertThat(told()).contains("3: 300…").noneMatch(version -> version.startsWith("1:"));
        kept.forEach((version, until) -> {
            if (version.revision().number() == 3) {
                assertThat(version.since()).isEqualTo(300);
            }
        });
    }

    @Test
    void whatIsKeptComesBack() {
        manyMore(1, "segment/a", 1_000);
        kept.forget(Long.MAX_VALUE - 1);

        KeptRules again = new KeptRules(kept.byNumber().values(), kept.begin());

        assertThat(again.byNumber()).isEqualTo(kept.byNumber());
        assertThat(again.begin()).isEqualTo(kept.begin());
    }

    @Test
    void aDocumentIsCompiledOnce() {
        RuleRevision revision = revision(1, "segment/a", document("segment/a", 1), 100);

        assertThat(CompiledRule.of(revision))
                .isSameAs(CompiledRule.of(revision(1, "segment/a", document("segment/a", 1), 100)));
    }

    @Test
    void versionsThatNeverMetAtTheGateDoNotBringTheJobDown() {
        Segmentation together = new Segmentation(
                List.of(
                        inForce(revision(3, "segment/a", referring("a", "b"), 100)),
                        inForce(revision(2, "segment/b", referring("b", "a"), 100)),
                        inForce(revision(1, "segment/c", document("segment/c", 1), 100))),
                List.of(),
                List.of());

        assertThat(together.engine().rules()).extracting(rule -> rule.id()).containsExactlyInAnyOrder("b", "c");
    }

    private static InForce<SegmentRule> inForce(RuleRevision revision) {
        CompiledRule compiled = CompiledRule.of(revision);
        return new InForce<>(
                (SegmentRule) compiled.rule(),
                compiled.fingerprint(),
                revision.number(),
                0,
                0,
                Long.MAX_VALUE,
                false,
                false);
    }

    private void manyMore(int first, String key, long from) {
        for (int i = 0; i < 2 * KeptRules.MOST_ENDED; i++) {
            come(first + i, key, first + i, from + i);
        }
    }

    private void come(long number, String key, int version, long effective) {
        kept.take(RuleVersion.of(revision(number, key, document(key, version), effective)));
    }

    private void remove(long number, String key, long effective) {
        kept.take(RuleVersion.of(revision(number, key, null, effective)));
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        kept.forEach((version, until) -> told.add(
                version.revision().number() + ": " + version.from() + "…" + (until == Long.MAX_VALUE ? "" : until)));
        return told;
    }

    private static RuleRevision revision(long number, String key, @Nullable String json, long effective) {
        return new RuleRevision(number, key, json, effective);
    }

    private static String document(String key, int version) {
        String id = key.substring(key.indexOf('/') + 1);
        String head = "{\"kind\":\"%s\",\"id\":\"%s\",\"version\":%d,\"name\":\"A rule\","
                .formatted(key.substring(0, key.indexOf('/')), id, version);
        return head
                + (key.startsWith("segment/")
                        ? "\"when\":{\"performed\":\"page_view\"}}"
                        : "\"family\":\"mood\",\"level\":\"RED\",\"within\":\"1d\","
                                + "\"sequence\":[{\"step\":\"looked\",\"on\":\"page_view\"}]}");
    }

    private static String referring(String id, String other) {
        return "{\"kind\":\"segment\",\"id\":\"%s\",\"version\":1,\"name\":\"A rule\",\"when\":{\"segment\":\"%s\"}}"
                .formatted(id, other);
    }
}

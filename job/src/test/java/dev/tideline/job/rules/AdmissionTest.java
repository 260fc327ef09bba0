package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus.Verdict;
import dev.tideline.patterns.rule.RuleReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many rules may come in. */
final class AdmissionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<RuleStatus> told = new ArrayList<>();
    private final RuleRegister.Voice voice = new RuleRegister.Voice() {
        @Override
        public void revision(RuleRevision revision) {}

        @Override
        public void status(RuleStatus status) {
            told.add(status);
        }
    };

    @BeforeEach
    void nothingToldYet() {
        told.clear();
    }

    @Test
    void letsInSoManyAndNoMoreUntilOneIsRemoved() {
        RuleRegister register = new RuleRegister(new Admission.Limits(2, 10_000));
        offer(register, "a", 1, "performed: page_view");
        offer(register, "b", 1, "segment: nobody");
        offer(register, "c", 1, "performed: page_view");
        offer(register, "a", 2, "performed: login");
        register.remove("segment/b", NOW, false, voice);
        offer(register, "c", 1, "performed: page_view");

        assertThat(told)
                .extracting(RuleStatus::verdict)
                .containsExactly(
                        Verdict.ACCEPTED,
                        Verdict.WAITING,
                        Verdict.REJECTED,
                        Verdict.ACCEPTED,
                        Verdict.REMOVED,
                        Verdict.ACCEPTED);
        assertThat(told.get(2).reason()).isEqualTo("there are 2 rules already; remove one first");
    }

    @Test
    void letsInSoMuchText() {
        RuleRegister register = new RuleRegister(new Admission.Limits(100, 200));
        offer(register, "a", 1, "performed: page_view");
        offer(register, "b", 1, "performed: page_view");
        offer(register, "c", 1, "performed: page_view");
        register.remove("segment/a", NOW, false, voice);
        offer(register, "c", 1, "performed: page_view");

        assertThat(told)
                .extracting(RuleStatus::verdict)
                .containsExactly(
                        Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.REJECTED, Verdict.REMOVED, Verdict.ACCEPTED);
        assertThat(told.get(2).reason()).startsWith("all rules together would be longer than 200 characters");
    }

    private void offer(RuleRegister register, String id, int version, String when) {
        String yaml =
                "kind: segment\nid: %s\nversion: %d\nname: A segment\nwhen: { %s }\n".formatted(id, version, when);
        register.offer(RuleReader.read("test.yaml", yaml).documents().get(0), NOW, null, voice);
    }
}

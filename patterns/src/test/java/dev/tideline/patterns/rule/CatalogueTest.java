package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void everyShippedRuleIsAccepted() {
        Reading reading = Catalogue.read();

        assertThat(reading.problems()).isEmpty();
        assertThat(RuleSet.problems(reading)).isEmpty();
        assertThat(reading.rules())
                .extracting(Rule::id)
                .contains(
                        "default",
                        "mood_falling_sessions",
                        "negative_texts",
                        "negative_feedback",
                        "phq9_item9",
                        "gone-quiet");
    }

    @Test
    void everyShippedRuleReadsBackFromItsJson() {
        for (RuleDocument document : Catalogue.read().documents()) {
            Reading again = RuleReader.read("again", document.json());

            assertThat(again.problems()).isEmpty();
            assertThat(again.rules()).containsExactly(document.rule());
            assertThat(again.documents().get(0).json()).isEqualTo(document.json());
        }
    }
}

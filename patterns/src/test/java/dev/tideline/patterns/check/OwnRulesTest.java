package dev.tideline.patterns.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnRulesTest {
    private static final String PRICING = """
            kind: segment
            id: looks-at-pricing
            version: 7
            name: Our own
            when: { performed: page_view }
            """;

    private final Reading shipped = Catalogue.read();

    @Test
    void anOwnRuleMayNameAShippedOneOnlyWhereThatIsThere() {
        Reading own =
                own(PRICING.replace("looks-at-pricing", "keen").replace("performed: page_view", "segment: gone-quiet"));

        assertThat(OwnRules.beside(shipped, own).problems()).isEmpty();
        assertThat(OwnRules.beside(Reading.EMPTY, own).problems())
                .extracting(Problem::path)
                .containsExactly("/when/segment");
    }

    @Test
    void aShippedRuleMayBeTheOneThatWasMeant() {
        Reading own =
                own(PRICING.replace("looks-at-pricing", "keen").replace("performed: page_view", "segment: gone-quite"));

        assertThat(OwnRules.beside(shipped, own).problems())
                .extracting(Problem::suggestion)
                .containsExactly("gone-quiet");
    }

    @Test
    void anOwnRuleTakesThePlaceOfTheShippedOneOfItsKindAndId() {
        OwnRules rules = OwnRules.beside(shipped, own(PRICING));

        assertThat(rules.problems()).isEmpty();
        assertThat(rules.own().documents()).hasSize(1);
        assertThat(rules.all().rules())
                .hasSameSizeAs(shipped.rules())
                .filteredOn(rule -> rule.id().equals("looks-at-pricing"))
                .extracting(Rule::version)
                .containsExactly(7);
    }

    @Test
    void aShippedRuleOfAnotherKindKeepsItsPlaceBesideTheSameId() {
        OwnRules rules = OwnRules.beside(shipped, own(PRICING.replace("looks-at-pricing", "phq9_item9")));

        assertThat(rules.problems()).isEmpty();
        assertThat(rules.all().rules()).hasSize(shipped.rules().size() + 1);
    }

    @Test
    void aPolicyInForceTakesThePlaceOfTheShippedOneAndOneOnTrialDoesNot() {
        String policy = "{kind: policy, id: ours, version: 1, name: Ours}";

        assertThat(policies(OwnRules.beside(shipped, own(policy)))).containsExactly("ours");
        assertThat(policies(OwnRules.beside(shipped, own(policy.replace("}", ", mode: shadow}")))))
                .containsExactly("default", "ours");
        assertThat(policies(OwnRules.beside(shipped, own(policy.replace("}", ", enabled: false}")))))
                .containsExactly("default", "ours");
    }

    @Test
    void aShippedRuleThatLosesWhatItNamesIsAProblemAsItIsAtTheStart() {
        OwnRules rules = OwnRules.beside(shipped, own(PRICING + "mode: shadow\n"));

        assertThat(rules.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("catalogue/segments.yaml");
            assertThat(problem.found()).isEqualTo("the segment `looks-at-pricing`, which is in shadow");
        });
    }

    @Test
    void aCircleThroughAShippedRuleIsToldOfTheOwnOne() {
        OwnRules rules =
                OwnRules.beside(shipped, own(PRICING.replace("performed: page_view", "segment: hesitant-power-users")));

        assertThat(rules.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("own.yaml");
            assertThat(problem.found())
                    .isEqualTo("a circle: looks-at-pricing → hesitant-power-users → looks-at-pricing");
        });
    }

    private static Reading own(String text) {
        Reading reading = RuleReader.read("own.yaml", text);
        assertThat(reading.problems()).isEmpty();
        return reading;
    }

    private static List<String> policies(OwnRules rules) {
        assertThat(rules.problems()).isEmpty();
        return rules.all().rules().stream()
                .filter(rule -> rule.header().kind() == Header.Kind.POLICY)
                .map(Rule::id)
                .toList();
    }
}

package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    private static final String PRICING = """
            kind: segment
            id: looks-at-pricing
            version: 7
            name: Our own
            when: { performed: page_view }
            """;

    @TempDir
    Path own;

    @Test
    void ownRulesTakeThePlaceOfShippedOnesAndTheRestStays() throws IOException {
        write("own.yaml", PRICING);

        RuleFiles files = RuleFiles.read(true, own);

        assertThat(files.problems()).isEmpty();
        assertThat(files.rules()).hasSameSizeAs(Catalogue.read().documents());
        assertThat(files.rules())
                .filteredOn(rule -> rule.key().equals("segment/looks-at-pricing"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.json()).contains("Our own"));
    }

    @Test
    void anOwnPolicyTakesThePlaceOfTheShippedOneWhateverItsId() throws IOException {
        write("policy.yaml", "{kind: policy, id: ours, version: 1, name: Ours}");

        RuleFiles files = RuleFiles.read(true, own);

        assertThat(files.problems()).isEmpty();
        assertThat(files.rules())
                .extracting(RuleRevision::key)
                .contains("policy/ours")
                .doesNotContain("policy/default");
    }

    @Test
    void aPolicyThatIsOnlyTriedOutStandsBesideTheShippedOne() throws IOException {
        write("policy.yaml", "{kind: policy, id: ours, version: 1, name: Ours, mode: shadow}");

        RuleFiles files = RuleFiles.read(true, own);

        assertThat(files.problems()).isEmpty();
        assertThat(files.rules()).extracting(RuleRevision::key).contains("policy/ours", "policy/default");
    }

    @Test
    void anIdTwiceInOnesOwnFilesIsAProblem() throws IOException {
        write("one.yaml", PRICING);
        write("two.yaml", PRICING);

        assertThat(RuleFiles.read(true, own).problems())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("two.yaml:2:5: /id: found a second segment/looks-at-pricing (the first: one.yaml:1:1)");
    }

    @Test
    void ownRulesMayReferToShippedOnesOnlyWhereThoseAreThere() throws IOException {
        write(
                "own.yaml",
                PRICING.replace("looks-at-pricing", "keen").replace("performed: page_view", "segment: gone-quiet"));

        assertThat(RuleFiles.read(true, own).problems()).isEmpty();
        assertThat(RuleFiles.read(false, own).problems())
                .extracting(Problem::path)
                .containsExactly("/when/segment");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(own.resolve(name), text);
    }
}

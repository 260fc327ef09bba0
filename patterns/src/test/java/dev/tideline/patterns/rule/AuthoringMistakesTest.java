package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.check.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get wrong, and the exact words in which they are told. */
class AuthoringMistakesTest {

    record Mistake(String title, String document, String told) {
        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isToldInTheseWords(Mistake mistake) {
        assertThat(tell(mistake.document())).isEqualTo(mistake.told());
    }

    @Test
    void aTextThatIsBrokenAnywhereNeverEndsInAnException() {
        String text = Catalogue.text("survey.yaml");
        for (int cut = 0; cut < text.length(); cut += 7) {
            RuleReader.read("cut", text.substring(0, cut));
            RuleReader.read("hole", text.substring(0, cut) + "\u0000{[\"" + text.substring(cut));
        }
        Reading reading = RuleReader.read("deep", "[".repeat(100_000));
        assertThat(reading.problems()).hasSize(1);
    }

    static Stream<Mistake> mistakes() throws IOException {
        List<Mistake> mistakes = new ArrayList<>();
        for (String block : golden().split("(?m)^### ")) {
            if (!block.isBlank()) {
                int title = block.indexOf('\n');
                int told = block.indexOf("\n=> ");
                mistakes.add(new Mistake(
                        block.substring(0, title),
                        block.substring(title + 1, told + 1),
                        block.substring(told + 1).strip()));
            }
        }
        return mistakes.stream();
    }

    /** Every problem of the text on a line of its own. */
    static String tell(String document) {
        Reading reading = RuleReader.read("rules.yaml", document);
        return Rules.problems(reading).stream()
                .map(problem -> "=> " + problem)
                .reduce((left, right) -> left + "\n" + right)
                .orElse("=> nothing wrong");
    }

    private static String golden() throws IOException {
        try (InputStream stream = AuthoringMistakesTest.class.getResourceAsStream("/rules/mistakes.txt")) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.tideline.patterns.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the page for rule authors are rules. */
class RulesPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
    private static final Pattern EXPRESSION =
            Pattern.compile("`([^`|]*[a-z]\\([^`|]*\\)[^`|]*|[^`|]* (?:[<>=!]=?|in) [^`|]*)`");

    @Test
    void everyExampleIsReadWithoutAProblem() throws IOException {
        List<String> examples =
                EXAMPLE.matcher(page()).results().map(match -> match.group(1)).toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(5).allSatisfy(example -> {
            Reading reading = RuleReader.read("RULES.md", example);
            assertThat(Rules.problems(reading)).isEmpty();
            assertThat(reading.rules()).hasSize(1);
        });
    }

    @Test
    void everyExpressionOfTheTableOfCelIsOne() throws IOException {
        String table =
                page().replaceFirst("(?s).*## CEL in five minutes", "").replaceFirst("(?s)What is missing is.*", "");
        List<String> expressions = EXPRESSION
                .matcher(table)
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                .filter(expression -> expression.matches(".*(==|!=|[<>]| in |exists|has\\().*"))
                .toList();

        assertThat(expressions).hasSizeGreaterThanOrEqualTo(9).allSatisfy(expression -> {
            String rule = "{kind: segment, id: s, version: 1, name: S, when: {performed: " + kind(expression)
                    + ", where: '" + expression + "'}}";
            assertThat(Rules.problems(RuleReader.read("RULES.md", rule))).isEmpty();
        });
    }

    private static String kind(String expression) {
        return List.of("session", "text", "survey").stream()
                .filter(fact -> expression.matches(".*\\b" + fact + "[.].*"))
                .findFirst()
                .orElse("page_view");
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("RULES.md"));
    }
}

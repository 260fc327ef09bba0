package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.check.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Of generated rules the published schemas accept all that the reader accepts, and refuse all that it refuses but for what a
 * schema cannot say, which is listed here.
 */
class SchemaAgreesWithReaderTest {
    private static final int ROUNDS = Boolean.getBoolean("tideline.exhaustive") ? 50_000 : 2_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SEGMENT = "{'kind':'segment','id':'a','version':1,'name':'A','when':%s}";
    private static final String FOLLOWED = SEGMENT.formatted("{'sequence':[%s],'within':'7d'}");

    /** What only the reader judges, each with a document that the schema has nothing against. */
    enum Beyond {
        EXPRESSIONS("(.*/)?(where|until|profile|raise/[0-9]+/when)", ".*", SEGMENT.formatted("{'profile':'usr.x'}")),
        NAMES_OF_STEPS(
                "(.*/)?sequence/[0-9]+/step",
                "found a second step .*",
                FOLLOWED.formatted("{'step':'x','on':'a'},{'step':'x','on':'b'}")),
        LOWER_NUMBER_FIRST(
                "(.*/)?(between|times)",
                ".*the lower (number )?first.*",
                SEGMENT.formatted("{'performed':'a','between':[5,1]}")),
        THE_LAST_STEP(
                "(.*/)?sequence/[0-9]+",
                "found `not_(next|followed_by)` at the end, .*",
                FOLLOWED.formatted("{'step':'x','on':'a'},{'step':'y','on':'b','contiguity':'not_next'}")),
        ABSENCE_AFTER_OPTIONAL(
                "(.*/)?sequence/[0-9]+/contiguity",
                "found absence after the optional step .*",
                FOLLOWED.formatted(
                        "{'step':'x','on':'a','optional':true},{'step':'y','on':'b','contiguity':'not_next'},"
                                + "{'step':'z','on':'c'}")),
        OPTIONAL_AFTER_GREEDY(
                "(.*/)?sequence/[0-9]+/optional",
                "found an optional step after the greedy step .*",
                FOLLOWED.formatted(
                        "{'step':'x','on':'a','times':2,'greedy':true},{'step':'y','on':'b','optional':true}")),
        STEPS_THAT_FLINK_CEP_HAS_NOT(
                "(.*/)?sequence",
                "found what cannot be: .*",
                FOLLOWED.formatted("{'step':'a','on':'text','times':{'at_least':1},'consecutive':true,'until':true},"
                        + "{'step':'b','on':'text','contiguity':'not_followed_by'},"
                        + "{'step':'c','on':'text','contiguity':'next','times':{'at_least':2},'optional':true,"
                        + "'greedy':true,'consecutive':true,'until':true}")),
        DEPTH(
                ".*",
                "found a condition at level [0-9]+, .*",
                SEGMENT.formatted("{'not':".repeat(16) + "{'risk':'RED'}" + "}".repeat(16))),
        WHOLE_NUMBERS_WITH_A_POINT(
                ".*", "found the number [0-9]+\\.0, .*", SEGMENT.formatted("{'performed':'a','at_least':2.0}")),
        KEYS_TWICE(".*", "found `.*` a second time, .*", SEGMENT.formatted("{'risk':'RED','risk':'AMBER'}")),
        CONTROL_CHARACTERS(
                null, "found the character U\\+.*", SEGMENT.formatted("{'performed':'a'},'description':'\\u0007'"));

        private final Pattern path;
        private final Pattern reason;
        private final String example;

        Beyond(@Nullable String path, String reason, String example) {
            this.path = Pattern.compile(path == null ? "" : "/" + path);
            this.reason = Pattern.compile(reason, Pattern.DOTALL);
            this.example = example.replace('\'', '"');
        }

        static Optional<Beyond> of(Problem problem) {
            for (Beyond kind : values()) {
                if (kind.path.matcher(problem.path()).matches()
                        && kind.reason.matcher(problem.reason()).matches()) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private int accepted;
    private int refused;

    @Test
    void aboutRulesInEveryForm() {
        RandomRules rules = new RandomRules(11);

        compare(round -> rules.rule());

        assertThat(accepted).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void aboutSpoiltRules() {
        RandomRules rules = new RandomRules(12);

        compare(round -> {
            ObjectNode rule = rules.rule();
            rules.spoil(rule);
            return rule;
        });

        assertThat(accepted).isGreaterThan(ROUNDS / 10);
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void aboutMistakesThatPeopleMake() throws IOException {
        for (AuthoringMistakesTest.Mistake mistake :
                AuthoringMistakesTest.mistakes().toList()) {
            documents(mistake.document())
                    .forEach(document -> compare(document.path("kind").asText(), document.toString()));
        }

        assertThat(accepted + refused).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void butForWhatNoSchemaCanSay(Beyond beyond) {
        String json = beyond.example;

        assertThat(PublishedSchemas.errors("segment", json)).isEmpty();
        assertThat(problems(json)).singleElement().extracting(Beyond::of).isEqualTo(Optional.of(beyond));
    }

    @Test
    void wordsThatExpressionsNeedAreNoNamesOfSteps() {
        for (String taken : SequenceReader.TAKEN) {
            String json =
                    FOLLOWED.formatted("{'step':'" + taken + "','on':'a'}").replace('\'', '"');

            assertThat(PublishedSchemas.errors("segment", json)).as(taken).isNotEmpty();
        }
    }

    /** The documents of a text as others would read them; none where it is no YAML. */
    private static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        try {
            new Load(LoadSettings.builder().build())
                    .loadAllFromString(yaml)
                    .forEach(document -> documents.add(MAPPER.valueToTree(document)));
        } catch (YamlEngineException | IllegalArgumentException noYaml) {
            return documents;
        }
        return documents;
    }

    private void compare(IntFunction<ObjectNode> rules) {
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode rule = rules.apply(round);
            compare(rule.path("kind").asText(), rule.toString());
        }
    }

    private void compare(String kind, String json) {
        List<Problem> problems = problems(json);
        boolean schemaRefuses = !Set.of("segment", "pattern", "policy").contains(kind)
                || !PublishedSchemas.errors(kind, json).isEmpty();
        if (problems.isEmpty()) {
            accepted++;
            assertThat(schemaRefuses).as("only the schema refuses " + json).isFalse();
        } else if (schemaRefuses) {
            refused++;
        } else {
            assertThat(problems)
                    .as("the schema accepts " + json)
                    .allSatisfy(problem -> assertThat(Beyond.of(problem))
                            .as(problem.toString())
                            .isPresent());
        }
    }

    /** Of the rule by itself: other rules that it names are no matter of its form. */
    private static List<Problem> problems(String json) {
        Reading reading = RuleReader.read("rule.json", json);
        List<Problem> problems = new ArrayList<>(reading.problems());
        reading.documents().forEach(document -> problems.addAll(Rules.problems(document)));
        return problems;
    }
}

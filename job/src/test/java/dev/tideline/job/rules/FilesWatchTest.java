package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleFileNews.Kind;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is told of the rules' files when they change. */
final class FilesWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Reading SHIPPED = RuleReader.read(
            "shipped.yaml", segment("shipped", 3) + "---\n" + policy("default", 1) + "---\n" + segment("other", 1));

    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> moving = new TreeSet<>();
    private FilesWatch watch = new FilesWatch(Reading.EMPTY, List.of(), List.of());
    private List<RuleFileNews> last = List.of();

    @Test
    void aNewDocumentIsToldOnce() {
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));

        assertThat(look()).containsExactly("DOCUMENT segment/a", "DOCUMENT segment/b");
        assertThat(last.get(1).place()).isEqualTo("a.yaml:7:1");
        assertThat(last.get(1).at()).isEqualTo(NOW);
        assertThat(look()).isEmpty();
    }

    @Test
    void onlyWhatChangedIsTold() {
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));
        look();
        write("a.yaml", "# a remark\n" + segment("a", 1) + "---\n" + segment("b", 2));

        assertThat(look()).containsExactly("DOCUMENT segment/b");
    }

    @Test
    void whatVanishedIsGone() {
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));
        write("c.yaml", segment("c", 1));
        look();
        write("a.yaml", segment("b", 1));
        files.remove("c.yaml");

        assertThat(look()).containsExactly("GONE segment/a", "GONE segment/c");
        assertThat(look()).isEmpty();
    }

    @Test
    void whatMovesToAnotherFileIsNotGone() {
        write("a.yaml", segment("a", 1));
        look();
        files.remove("a.yaml");
        write("b.yaml", segment("a", 1));
        assertThat(look()).isEmpty();

        files.remove("b.yaml");
        assertThat(look()).containsExactly("GONE segment/a");
    }

    @Test
    void aBrokenRuleIsToldUnderItsKeyAndStays() {
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));
        look();
        write("a.yaml", segment("a", 1).replace("page_view", "Page View") + "---\n" + segment("b", 2));

        assertThat(look()).containsExactly("DOCUMENT segment/b", "BROKEN segment/a");
        assertThat(last.get(1).path()).isEqualTo("/when/performed");
        assertThat(last.get(1).reason()).startsWith("a.yaml:5:20: /when/performed: found ");
        assertThat(look()).isEmpty();

        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 2));
        assertThat(look()).as("as it was before").containsExactly("DOCUMENT segment/a");
        assertThat(look()).isEmpty();
    }

    @Test
    void aTextThatIsNoYamlSaysSoOfAllThatStoodInIt() {
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));
        look();
        write("a.yaml", segment("a", 2) + "---\n" + segment("b", 1).replace("name: ", "name: [ "));

        assertThat(look()).containsExactly("DOCUMENT segment/a", "BROKEN segment/b");
        assertThat(last.get(1).reason()).startsWith("a.yaml:");

        files.remove("a.yaml");
        assertThat(look()).containsExactly("GONE segment/a", "GONE segment/b");
    }

    @Test
    void aFileWithoutAnyRuleIsToldUnderItsOwnName() {
        write("a.yaml", "just a sentence\n");
        assertThat(look()).containsExactly("BROKEN file/a.yaml");

        write("a.yaml", segment("a", 1));
        assertThat(look()).containsExactly("DOCUMENT segment/a", "MENDED file/a.yaml");
    }

    @Test
    void aNewRuleThatIsBrokenAndGoesAgainIsMended() {
        write("a.yaml", segment("a", 1).replace("page_view", "Page View"));
        assertThat(look()).containsExactly("BROKEN segment/a");

        files.remove("a.yaml");
        assertThat(look()).containsExactly("MENDED segment/a");
    }

    @Test
    void aSequenceThatCannotBeMatchedIsBroken() {
        String impossible = """
                all:
                    - within: 7d
                      sequence:
                        - { step: a, on: text, times: { at_least: 1 }, consecutive: true, until: "true" }
                        - { step: b, on: text, contiguity: not_followed_by }
                        - { step: c, on: text, contiguity: next, times: { at_least: 2 }, optional: true, greedy: true, until: "true" }
                """;
        write("a.yaml", segment("a", 1).replace("{ performed: page_view }", "\n  " + impossible.strip()));

        assertThat(look()).containsExactly("BROKEN segment/a");
        assertThat(last.get(0).path()).isEqualTo("/when/all/0/sequence");
    }

    @Test
    void theFirstOfTwoWithTheSameIdCounts() {
        write("a.yaml", segment("a", 1));
        write("b.yaml", segment("a", 2));

        assertThat(look()).containsExactly("DOCUMENT segment/a", "BROKEN file/b.yaml");
        assertThat(last.get(1).reason()).contains("a second segment/a (the first: a.yaml:1:1)");
    }

    @Test
    void whatIsJustBeingWrittenIsNeitherGoneNorNew() {
        write("a.yaml", segment("a", 1));
        write("b.yaml", "nonsense");
        look();
        files.clear();
        moving.addAll(List.of("a.yaml", "b.yaml"));
        assertThat(look()).isEmpty();

        moving.clear();
        assertThat(look()).containsExactly("GONE segment/a", "MENDED file/b.yaml");
    }

    @Test
    void anOwnRuleTakesThePlaceOfAShippedOneAndGivesItBack() {
        ships();
        write("own.yaml", segment("shipped", 1));
        assertThat(look())
                .as("its version counts anew")
                .containsExactly("GONE segment/shipped", "DOCUMENT segment/shipped");
        assertThat(last.get(1).json()).contains("\"version\":1");

        files.clear();
        assertThat(look()).containsExactly("DOCUMENT segment/shipped");
        assertThat(last.get(0).json()).contains("\"version\":3");

        write("own.yaml", segment("shipped", 4));
        assertThat(look()).as("a newer version simply follows").containsExactly("DOCUMENT segment/shipped");

        files.clear();
        assertThat(look()).containsExactly("GONE segment/shipped", "DOCUMENT segment/shipped");
    }

    @Test
    void anOwnPolicyTakesThePlaceOfTheShippedOne() {
        ships();
        write("own.yaml", policy("mine", 1));
        assertThat(look()).containsExactly("GONE policy/default", "DOCUMENT policy/mine");

        write("own.yaml", policy("mine", 2) + "compuond: []\n");
        assertThat(look()).as("a broken one still stands").containsExactly("BROKEN policy/mine");

        files.clear();
        assertThat(look()).containsExactly("GONE policy/mine", "DOCUMENT policy/default");
    }

    @Test
    void aPolicyThatIsOnlyTriedOutStandsBesideTheShippedOne() {
        ships();
        write("own.yaml", policy("trial", 1) + "mode: shadow\n");
        assertThat(look()).containsExactly("DOCUMENT policy/trial");

        write("own.yaml", policy("trial", 2) + "mode: shadow\ncompuond: []\n");
        assertThat(look()).containsExactly("BROKEN policy/trial");

        write("own.yaml", policy("trial", 3));
        assertThat(look()).contains("GONE policy/default", "DOCUMENT policy/trial");
    }

    @Test
    void goesOnFromWhatWasToldBefore() throws IOException {
        ships();
        write("a.yaml", segment("a", 1) + "---\n" + segment("b", 1));
        write("c.yaml", "nonsense");
        look();

        RuleFilesSplitSerializer serializer = new RuleFilesSplitSerializer();
        RuleFilesSplit kept = serializer.deserialize(
                serializer.getVersion(), serializer.serialize(new RuleFilesSplit(watch.told(), watch.flaws())));
        watch = new FilesWatch(SHIPPED, kept.told(), kept.flaws());
        assertThat(look()).isEmpty();

        write("a.yaml", segment("a", 2));
        files.remove("c.yaml");
        assertThat(look()).containsExactly("GONE segment/b", "DOCUMENT segment/a", "MENDED file/c.yaml");
    }

    @Test
    void aFolderThatVanishesFileByFileLeavesNothingBehind() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("f" + i + ".yaml");
            write("f" + i + ".yaml", i % 3 == 0 ? "nonsense" : segment("s" + i, 1));
        }
        look();
        names.forEach(name -> {
            files.remove(name);
            assertThat(look()).hasSize(1);
        });
        assertThat(watch.told()).isEmpty();
        assertThat(watch.flaws()).isEmpty();
    }

    private void ships() {
        List<ToldRule> told = SHIPPED.documents().stream()
                .map(document -> ToldRule.of(document, true))
                .toList();
        watch = new FilesWatch(SHIPPED, told, List.of());
        assertThat(look()).isEmpty();
    }

    private void write(String name, String text) {
        files.put(name, text);
    }

    private List<String> look() {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        last = watch.look(new FolderView(bytes, Set.copyOf(moving)), NOW);
        assertThat(last).extracting(RuleFileNews::kind).doesNotContain(Kind.HELLO);
        return last.stream().map(news -> news.kind() + " " + news.key()).toList();
    }

    private static String segment(String id, int version) {
        return "kind: segment\nid: %s\nversion: %d\nname: A segment\nwhen: { performed: page_view }\n"
                .formatted(id, version);
    }

    private static String policy(String id, int version) {
        return "kind: policy\nid: %s\nversion: %d\nname: A policy\n".formatted(id, version);
    }
}

package dev.tideline.job.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String GOOD = """
            kind: segment
            id: active
            version: 1
            name: Active
            when: { performed: page_view, at_least: 3, within: 7d }
            """;

    @TempDir
    Path rules;

    private final StringWriter out = new StringWriter();
    private final StringWriter error = new StringWriter();

    @Test
    void goodRulesAreCountedAndTheExitCodeIsZero() throws IOException {
        write("active.yaml", GOOD);

        assertThat(check(rules.toString())).isZero();
        assertThat(out.toString().lines()).containsExactly("1 good rule, 0 problems");
        assertThat(error.toString()).isEmpty();
    }

    @Test
    void problemsOfAllFilesAreToldInTheOrderOfTheirPlaces() throws IOException {
        write("b.yaml", GOOD.replace("within", "withn"));
        write("a/first.yml", GOOD.replace("id: active", "id: keen") + "---\n" + GOOD.replace("7d", "7 days"));
        write(
                "c.json",
                "{\"kind\":\"segment\",\"id\":\"json\",\"version\":1,\"name\":\"J\",\"when\":{\"segment\":\"kean\"}}");
        write("notes.txt", "not a rule");

        assertThat(check(rules.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo(
                                        "a/first.yml:11:52: /when/within: found `7 days`, expected a duration such as 90s, 30m,"
                                                + " 12h or 7d (did you mean `7d`?)"),
                        line -> assertThat(line)
                                .startsWith("b.yaml:5:44: /when/withn: ")
                                .endsWith("(did you mean `within`?)"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "c.json:1:72: /when/segment: found the segment `kean`, which is not there, expected the id of"
                                                + " another segment (did you mean `keen`?)"),
                        line -> assertThat(line).isEqualTo("2 good rules, 3 problems"));
    }

    @Test
    void explainsTheGoodOnesInPlainEnglish() throws IOException {
        write("active.yaml", GOOD);

        assertThat(check("--explain", rules.toString())).isZero();
        assertThat(out.toString())
                .contains("Segment active, version 1 (Active). A user is a member while there have been at least 3"
                        + " `page_view` events in the last 7 days.");
    }

    @Test
    void ownRulesAreJudgedBesideTheShippedOnesAndCountAlone() throws IOException {
        write("own.yaml", GOOD.replace("performed: page_view, at_least: 3, within: 7d", "segment: gone-quiet"));

        assertThat(check("--explain", rules.toString())).isZero();
        assertThat(out.toString().lines()).last().isEqualTo("1 good rule, 0 problems");
        assertThat(out.toString()).contains("Segment active").doesNotContain("Segment gone-quiet");
    }

    @Test
    void aFolderThatStandsAloneHasNoShippedRulesBesideIt() throws IOException {
        write("own.yaml", GOOD.replace("performed: page_view, at_least: 3, within: 7d", "segment: gone-quiet"));

        assertThat(check("--alone", rules.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("own.yaml:5:18: /when/segment: found the segment `gone-quiet`");
    }

    @Test
    void aFolderThatIsNotThereIsOneLineAndExitCodeTwo() {
        assertThat(check(rules.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(error.toString().lines()).singleElement().asString().contains("nowhere is not a folder");
    }

    @Test
    void bytesThatAreNoTextAreAProblemOfTheirFile() throws IOException {
        Files.write(rules.resolve("binary.yaml"), new byte[] {'i', 'd', ':', (byte) 0xff, (byte) 0xfe});

        assertThat(check(rules.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("binary.yaml:1:4: /: found bytes that are not UTF-8");
    }

    private int check(String... arguments) {
        CommandLine command = TidelineCommand.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }

    private void write(String name, String text) throws IOException {
        Path file = rules.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}

package dev.tideline.job.command;

import dev.tideline.patterns.check.Explanation;
import dev.tideline.patterns.check.OwnRules;
import dev.tideline.patterns.check.Rules;
import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Problem;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the rules of a folder and says what is wrong where. */
@Command(
        name = "check",
        description = "Loads the rules of a folder and says what is wrong where.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every rule is good", "1:something is wrong", "2:the folder cannot be read"})
public final class CheckCommand implements Callable<Integer> {
    private static final int SOMETHING_WRONG = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder with .yaml, .yml and .json files; folders inside it count.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path directory;

    @Option(
            names = "--explain",
            description =
                    "Say in plain English what each good rule means, what it keeps per user and how it is evaluated.")
    private boolean explain;

    @Option(
            names = "--alone",
            description =
                    "Judge the folder without the shipped rules, as `replay` and `rules.catalogue: false` take it."
                            + " Otherwise the shipped ones stand beside it, as for `run` and `demo`.")
    private boolean alone;

    @Override
    public Integer call() {
        Reading reading = read();
        List<Problem> problems = OwnRules.beside(alone ? Reading.EMPTY : Catalogue.read(), reading)
                .problems();
        PrintWriter out = spec.commandLine().getOut();
        problems.forEach(out::println);
        if (explain) {
            reading.documents().stream()
                    .filter(document -> Rules.problems(document).isEmpty())
                    .forEach(document -> explain(out, document.rule()));
        }
        out.println(count(reading.rules().size(), "good rule") + ", " + count(problems.size(), "problem"));
        out.flush();
        return problems.isEmpty() ? 0 : SOMETHING_WRONG;
    }

    private Reading read() {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), directory + " is not a folder");
        }
        try {
            return RuleReader.readDirectory(directory);
        } catch (IOException unreadable) {
            throw new ParameterException(spec.commandLine(), "cannot read " + unreadable.getMessage(), unreadable);
        }
    }

    private static void explain(PrintWriter out, Rule rule) {
        out.println(Explanation.of(rule));
        out.println();
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

package dev.tideline.job.command;

import dev.tideline.job.replay.Progress;
import dev.tideline.job.replay.Replay;
import dev.tideline.job.replay.ReplayOptions;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.settings.Durations;
import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs history through the job, from files to files. */
@Command(
        name = "replay",
        description =
                "Runs history through the same job, without Kafka and PostgreSQL. Reads events.jsonl and, where they"
                        + " are there, profiles.jsonl, privacy.jsonl, actions.jsonl and rules.jsonl, in any order, as if they had"
                        + " come in time order. Writes alerts.jsonl, segment-changes.jsonl, sessions.jsonl, rule-status.jsonl,"
                        + " dead-letters.jsonl and summary.json.")
public final class ReplayCommand implements Callable<Integer> {
    private static final Pattern ROUTINE = Pattern.compile("ack:([^,]+),resolve:([^,]+)");

    private enum Answer {
        GRANT,
        DENY
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Option(names = "--input", required = true, paramLabel = "DIR", description = "The folder of the history.")
    @SuppressWarnings("NullAway.Init") // required
    private Path input;

    @Option(names = "--rules", required = true, paramLabel = "DIR", description = "The folder of the rules.")
    @SuppressWarnings("NullAway.Init") // required
    private Path rules;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the results; made if need be.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "CSV of user_id,label,onset: who was in distress, and since when.")
    private @Nullable Path labels;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Where time ends, such as 2026-11-01T00:00:00Z. Default: the latest timestamp among accepted"
                    + " events and profiles.")
    private @Nullable String until;

    @Option(
            names = "--consent",
            paramLabel = "ANSWER",
            defaultValue = "grant",
            description = "What counts for users without consent on record: grant or deny. Default: ${DEFAULT-VALUE}.")
    private Answer consent = Answer.GRANT;

    @Option(
            names = "--staff",
            paramLabel = "ROUTINE",
            defaultValue = "ack:1h,resolve:7d",
            description = "What staff do where there is no actions.jsonl: ack:1h,resolve:7d (acknowledged 1 h after it"
                    + " opened or rose, resolved 7 d after its last signal) or none. Default: ${DEFAULT-VALUE}.")
    private String staff = "ack:1h,resolve:7d";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "How many tasks run side by side. Default: as many as there are processors.")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "Does not say on stderr how far it has come.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        ReplayOptions options = options();
        RuleFiles read = rules();
        PrintWriter err = spec.commandLine().getErr();
        try (Progress progress = quiet ? Progress.silent() : Progress.on(err, onTerminal())) {
            new Replay(options, read.rules(), progress).run();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            err.printf("tideline: a file cannot be read or written: %s%n", e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        err.printf("tideline: the results are in %s%n", output);
        return CommandLine.ExitCode.OK;
    }

    /** The launcher knows; without it, Java does not say more than whether somebody sits there. */
    private static boolean onTerminal() {
        String told = System.getProperty("tideline.terminal");
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }

    private ReplayOptions options() {
        if (!Files.isRegularFile(input.resolve("events.jsonl"))) {
            throw wrong("--input: there is no events.jsonl in " + input);
        }
        if (labels != null && !Files.isRegularFile(labels)) {
            throw wrong("--labels: there is no file " + labels);
        }
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw wrong("--output: the folder cannot be made: " + output);
        }
        if (parallelism < 1) {
            throw wrong("--parallelism must be 1 or more");
        }
        List<Purpose> granted = consent == Answer.GRANT ? List.of(Purpose.values()) : List.of();
        return new ReplayOptions(input, rules, output, labels, until(), granted, routine(), parallelism, Instant.now());
    }

    private RuleFiles rules() {
        if (!Files.isDirectory(rules)) {
            throw wrong("--rules: there is no folder " + rules);
        }
        try {
            RuleFiles read = RuleFiles.read(false, rules);
            if (!read.problems().isEmpty()) {
                int more = read.problems().size() - 1;
                throw wrong("--rules: " + read.problems().get(0)
                        + (more == 0 ? "" : String.format(Locale.ROOT, " (and %d more: see `tideline check`)", more)));
            }
            return read;
        } catch (IOException e) {
            throw wrong("--rules: cannot be read: " + rules);
        }
    }

    private @Nullable Instant until() {
        try {
            return until == null ? null : OffsetDateTime.parse(until).toInstant();
        } catch (DateTimeException e) {
            throw wrong("--until must be a timestamp with offset, such as 2026-11-01T00:00:00Z");
        }
    }

    private @Nullable StaffRoutine routine() {
        if (staff.equals("none")) {
            return null;
        }
        Matcher matcher = ROUTINE.matcher(staff);
        Duration acknowledge = matcher.matches() ? Durations.read(matcher.group(1)) : null;
        Duration resolve = matcher.matches() ? Durations.read(matcher.group(2)) : null;
        if (acknowledge == null || resolve == null) {
            throw wrong("--staff must be none, or like ack:1h,resolve:7d");
        }
        return new StaffRoutine(acknowledge.toMillis(), resolve.toMillis());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

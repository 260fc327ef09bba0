package dev.tideline.job.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line: knows the commands, and says in one line what is wrong with the arguments. */
@Command(
        name = "tideline",
        description = "Reads a stream of behaviour and tells who may be sliding into distress,"
                + " and who enters and leaves each segment.",
        mixinStandardHelpOptions = true,
        version = "tideline 0.1.0",
        subcommands = {
            DemoCommand.class,
            CheckCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            MembershipsCommand.class,
            MigrateCommand.class,
            MaintainCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        scope = CommandLine.ScopeType.INHERIT)
public final class TidelineCommand implements Runnable {

    /** Exit code for a bad option, file or rule. */
    public static final int BAD_ARGUMENTS = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /** Returns the command line, ready to execute arguments. */
    public static CommandLine commandLine() {
        return new CommandLine(new TidelineCommand())
                .setParameterExceptionHandler((problem, arguments) -> sayInOneLine(problem))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int sayInOneLine(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String reason = String.valueOf(problem.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        PrintWriter error = command.getErr();
        error.printf(
                "tideline: %s (see: %s --help)%n",
                reason, command.getCommandSpec().qualifiedName());
        error.flush();
        return BAD_ARGUMENTS;
    }
}

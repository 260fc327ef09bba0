package dev.tideline.job;

import dev.tideline.job.command.TidelineCommand;

/** Where the process starts: hands the arguments to the command line, and its exit code to the system. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process, with 0 for success and 2 for bad arguments. */
    public static void main(String[] arguments) {
        int exitCode = TidelineCommand.commandLine().execute(arguments);
        // On a cluster, main is called inside Flink's own process, which must outlive a job that was submitted.
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }
}

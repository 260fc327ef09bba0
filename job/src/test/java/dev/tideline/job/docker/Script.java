package dev.tideline.job.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a shell script of {@code docker/} to its end. */
public final class Script {

    private Script() {}

    /** The lines that it printed; fails the test where it exits with anything but 0. */
    public static List<String> run(String name, Map<String, String> environment, Path argument)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", DockerFolder.path(name).toString(), argument.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new AssertionError(name + " ended with " + exitCode + ": " + output);
        }
        return output.lines().toList();
    }
}

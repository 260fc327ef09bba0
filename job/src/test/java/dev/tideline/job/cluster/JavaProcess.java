package dev.tideline.job.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Java program in a process of its own. What it prints goes to a file. For one thread at a time. */
public final class JavaProcess implements AutoCloseable {
    private static final Pattern ERROR = Pattern.compile("^\\S+ (ERROR|FATAL) ");
    private static final int LINES_OF_AN_ERROR = 25;
    private static final long LONGEST_MINUTES = 3;

    private final String name;
    private final Path output;
    private final Process process;
    private volatile boolean killed;

    private JavaProcess(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
    }

    /**
     * What to start.
     *
     * @param options of the virtual machine
     * @param environment variables besides those that this process has
     */
    public record Program(
            String mainClass,
            List<String> classPath,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment) {}

    /** Starts a program; its output goes to {@code <name>.out} in the folder. */
    public static JavaProcess start(String name, Path folder, Program program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program.options());
        command.addAll(List.of("-cp", String.join(":", program.classPath()), program.mainClass()));
        command.addAll(program.arguments());
        Path output = folder.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(program.environment());
        try {
            return new JavaProcess(name, output, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        killed = true;
        process.destroyForcibly();
        awaitEnd();
    }

    /** Whether it has not ended yet, in whatever way. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Does something, in another thread, if it ends without having been killed by {@link #kill}. */
    public void ifItEndsByItself(Runnable then) {
        process.onExit().thenRun(() -> {
            if (!killed) {
                then.run();
            }
        });
    }

    /** What it printed, after it ended with 0; whatever else it ends with fails the test. */
    public String finish() {
        int code = awaitEnd();
        if (code != 0) {
            throw new AssertionError(name + " ended with " + code + ":\n" + output());
        }
        return output();
    }

    /** What it printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last of what it printed, for a person who looks for what went wrong. */
    public String lastLines(int count) {
        List<String> lines = output().lines().toList();
        return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** What it printed as an error, with what followed each. */
    public String errors() {
        List<String> lines = output().lines().toList();
        StringBuilder errors = new StringBuilder();
        int left = 0;
        for (String line : lines) {
            left = ERROR.matcher(line).find() ? LINES_OF_AN_ERROR : left;
            if (left-- > 0) {
                errors.append(line).append('\n');
            }
        }
        return errors.isEmpty() ? "" : "errors of " + name + ":\n" + errors;
    }

    @Override
    public void close() {
        kill();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(name + " did not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + name + " was to end", e);
        }
    }
}

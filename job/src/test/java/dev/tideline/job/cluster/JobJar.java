package dev.tideline.job.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jar that is deployed, and what the cluster has that it is deployed to. */
final class JobJar {
    static final Path FILE = Path.of("target", "tideline-job.jar").toAbsolutePath();

    /** What the folder {@code lib} of a Flink distribution holds. The broker and the database are no part of it. */
    private static final Pattern OF_FLINK = Pattern.compile(".*/(org/apache/(flink|commons|logging/log4j)|org/slf4j"
            + "|org/snakeyaml|com/esotericsoftware|org/objenesis|org/javassist|commons-(cli|io|collections|codec)|tools/profiler"
            + "|com/ververica|org/xerial/snappy|at/yawk/lz4)/.*");

    private static final Pattern CONNECTOR_OF_THE_JOB = Pattern.compile(".*/flink-connector-(kafka|jdbc).*");

    private JobJar() {}

    /** The libraries of the cluster, as files. */
    static List<String> flink() {
        return Stream.of("class-path-of-the-cluster.txt", "class-path-of-the-job.txt")
                .flatMap(JobJar::entries)
                .filter(library -> OF_FLINK.matcher(library).matches()
                        && !CONNECTOR_OF_THE_JOB.matcher(library).matches())
                .toList();
    }

    private static Stream<String> entries(String file) {
        try {
            return Stream.of(Files.readString(Path.of("target", file)).strip().split(":"));
        } catch (IOException e) {
            throw new UncheckedIOException("build the job first", e);
        }
    }
}

package dev.tideline.job.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one may say about a demo.
 *
 * @param users made-up people, at least 1
 * @param speed days of event time a minute, above 0
 * @param duration by the wall clock; null = until it is stopped
 * @param directory kept between runs; null = a fresh one that is deleted at the end
 * @param events real events, a JSON object a line, instead of made-up people; null = made-up people
 * @param rules rules of one's own, which take the place of shipped ones of the same id; null = the shipped ones
 * @param ports where to listen; 0 = any free port, but the web UI prefers 8081
 */
public record DemoOptions(
        int users,
        double speed,
        @Nullable Duration duration,
        long seed,
        int parallelism,
        @Nullable Path directory,
        @Nullable Path events,
        @Nullable Path rules,
        Ports ports) {

    /** Where to listen; 0 = choose. */
    public record Ports(int ui, int kafka, int postgres) {}
}

package dev.tideline.job.demo;

import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The settings of a demo: those of {@code run}, with their defaults, but for what makes things quick to see. */
final class DemoSettings {
    private DemoSettings() {}

    static Settings of(DemoOptions options, DemoFolder folder, Surroundings surroundings) throws IOException {
        String yaml = """
                kafka:
                  bootstrap: %s
                database:
                  url: %s
                  user: %s
                event-time:
                  idle-timeout: 5s
                consent:
                  default: grant
                keys:
                  master: %s
                rules:
                  directory: %s
                job:
                  name: tideline-demo
                  parallelism: %d
                  checkpoint-interval: 2s
                  checkpoint-directory: %s
                  state-backend: hashmap
                """.formatted(
                quoted(surroundings.kafka().bootstrap()),
                quoted(surroundings.postgres().jdbcUrl()),
                quoted(surroundings.postgres().user()),
                quoted(folder.masterKey().value()),
                options.rules() == null ? "null" : quoted(options.rules().toString()),
                options.parallelism(),
                quoted(folder.checkpoints().toUri().toString()));
        return SettingsReader.parse("the demo's settings", yaml, DemoSettings::noVariable);
    }

    private static @Nullable String noVariable(String name) {
        return null;
    }

    /** As a YAML scalar in single quotes, on one line. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replaceAll("\\s*\\R\\s*", " ") + "'";
    }
}

package dev.tideline.job.settings;

import dev.tideline.job.settings.Settings.Consent;
import dev.tideline.job.settings.Settings.Database;
import dev.tideline.job.settings.Settings.DeadLetters;
import dev.tideline.job.settings.Settings.EventTime;
import dev.tideline.job.settings.Settings.Job;
import dev.tideline.job.settings.Settings.Kafka;
import dev.tideline.job.settings.Settings.Keys;
import dev.tideline.job.settings.Settings.Rules;
import dev.tideline.job.settings.Settings.Segments;
import dev.tideline.job.settings.Settings.Text;
import dev.tideline.job.settings.Settings.Topics;
import dev.tideline.patterns.fact.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads settings from YAML. Every default stands here. */
public final class SettingsReader {
    private enum Answer {
        DENY,
        GRANT
    }

    private final String file;
    private final Function<String, @Nullable String> environment;
    private final List<String> complaints = new ArrayList<>();

    private SettingsReader(String file, Function<String, @Nullable String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * Reads a file.
     *
     * @throws SettingsException if it cannot be read, or anything in it is wrong
     */
    public static Settings read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path), System::getenv);
        } catch (IOException e) {
            throw new SettingsException(path.toString(), List.of("cannot be read"));
        }
    }

    /**
     * Reads a text.
     *
     * @param file how errors call it
     * @param environment the environment variables
     * @throws SettingsException if anything in it is wrong
     */
    public static Settings parse(String file, String yaml, Function<String, @Nullable String> environment) {
        return new SettingsReader(file, environment).parse(yaml);
    }

    private Settings parse(String yaml) {
        Section root = new Section("", load(yaml), environment, complaints);
        Settings settings = new Settings(
                kafka(root.section("kafka")),
                database(root.section("database")),
                eventTime(root.section("event-time")),
                consent(root.section("consent")),
                keys(root.section("keys")),
                rules(root.section("rules")),
                segments(root.section("segments")),
                text(root.section("text")),
                deadLetters(root.section("dead-letters")),
                job(root.section("job")));
        root.make(() -> settings, settings);
        if (!complaints.isEmpty()) {
            throw new SettingsException(file, complaints);
        }
        return settings;
    }

    private Map<?, ?> load(String yaml) {
        try {
            Object document = new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(yaml);
            if (document instanceof Map<?, ?> map) {
                return map;
            }
            throw new SettingsException(file, List.of("must be a YAML document with groups of settings"));
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": ")
                    .orElse("");
            throw new SettingsException(file, List.of(place + "is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new SettingsException(file, List.of("is not YAML"));
        }
    }

    private static Kafka kafka(Section section) {
        Topics topics = topics(section.section("topics"));
        String bootstrap = section.requiredText("bootstrap");
        String group = section.text("group", "tideline");
        Map<String, String> properties = section.textMap("properties");
        Duration timeout = section.duration("transaction-timeout", Duration.ofMinutes(15));
        return section.make(
                () -> new Kafka(bootstrap.isEmpty() ? "missing:0" : bootstrap, group, properties, topics, timeout),
                new Kafka("missing:0", "tideline", Map.of(), topics, Duration.ofMinutes(15)));
    }

    private static Topics topics(Section section) {
        Topics shipped = Topics.DEFAULT;
        Topics topics = new Topics(
                section.text("behavioral-events", shipped.events()),
                section.text("user-profiles", shipped.profiles()),
                section.text("privacy-requests", shipped.privacy()),
                section.text("rules", shipped.rules()),
                section.text("alert-actions", shipped.actions()),
                section.text("risk-alerts", shipped.alerts()),
                section.text("segment-changes", shipped.segmentChanges()),
                section.text("segment-memberships", shipped.segmentMemberships()),
                section.text("rule-status", shipped.ruleStatus()),
                section.text("dead-letters", shipped.deadLetters()),
                section.text("health", shipped.health()));
        return section.make(() -> topics, shipped);
    }

    private static Database database(Section section) {
        String url = section.requiredText("url");
        String user = section.text("user", "tideline_job");
        Secret password = section.secret("password");
        int batchSize = section.integer("batch-size", 1000);
        Duration interval = section.duration("batch-interval", Duration.ofMillis(200));
        int retention = section.integer("retention-months", 24);
        Secret given = password == null ? new Secret("") : password;
        return section.make(
                () -> new Database(
                        url.isEmpty() ? "jdbc:postgresql:" : url, user, given, batchSize, interval, retention),
                new Database("jdbc:postgresql:", user, given, 1000, Duration.ofMillis(200), 24));
    }

    private static EventTime eventTime(Section section) {
        EventTime shipped = EventTime.DEFAULT;
        Duration outOfOrderness = section.duration("out-of-orderness", shipped.outOfOrderness());
        Duration idleTimeout = section.duration("idle-timeout", shipped.idleTimeout());
        Duration interval = section.duration("end-offsets-interval", shipped.endOffsetsInterval());
        return section.make(() -> new EventTime(outOfOrderness, idleTimeout, interval), shipped);
    }

    private static Consent consent(Section section) {
        Answer answer = section.choice("default", Answer.DENY);
        Consent consent = new Consent(answer == Answer.GRANT ? List.of(Purpose.values()) : List.of());
        return section.make(() -> consent, consent);
    }

    private static Keys keys(Section section) {
        Keys keys = new Keys(section.secret("master"));
        return section.make(() -> keys, keys);
    }

    private static Rules rules(Section section) {
        boolean catalogue = section.flag("catalogue", true);
        String directory = section.optionalText("directory");
        int partialMatches = section.integer("partial-matches", 1000);
        return section.make(
                () -> new Rules(catalogue, directory, partialMatches), new Rules(catalogue, directory, 1000));
    }

    private static Segments segments(Section section) {
        Segments segments = new Segments(section.flag("backfill", true));
        return section.make(() -> segments, segments);
    }

    private static Text text(Section section) {
        int cacheSize = section.integer("cache-size", 10_000);
        return section.make(() -> new Text(cacheSize), new Text(10_000));
    }

    private static DeadLetters deadLetters(Section section) {
        DeadLetters deadLetters = new DeadLetters(section.flag("keep-payload", false), section.texts("event-types"));
        return section.make(() -> deadLetters, deadLetters);
    }

    private static Job job(Section section) {
        String name = section.text("name", "tideline");
        Integer parallelism = section.optionalInteger("parallelism");
        Duration interval = section.duration("checkpoint-interval", Duration.ofSeconds(10));
        Duration timeout = section.duration("checkpoint-timeout", Duration.ofMinutes(10));
        String directory = section.optionalText("checkpoint-directory");
        String backend = section.text("state-backend", "rocksdb");
        Duration buffer = section.duration("buffer-timeout", Duration.ofMillis(10));
        return section.make(
                () -> new Job(name, parallelism, interval, timeout, directory, backend, buffer),
                new Job("tideline", null, Duration.ofSeconds(10), timeout, null, "rocksdb", buffer));
    }
}

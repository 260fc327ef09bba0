package dev.tideline.job.settings;

import dev.tideline.patterns.fact.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, with its default in {@link SettingsReader}. Immutable; durations are never negative.
 *
 * <p>Each record checks its own values and names the key that is wrong.
 */
public record Settings(
        Kafka kafka,
        Database database,
        EventTime eventTime,
        Consent consent,
        Keys keys,
        Rules rules,
        Segments segments,
        Text text,
        DeadLetters deadLetters,
        Job job) {

    /**
     * The broker and its topics.
     *
     * @param bootstrap {@code host:port}, comma-separated
     * @param group consumer group and prefix of transactional ids
     * @param properties handed to every client, such as {@code security.protocol}
     * @param transactionTimeout longer than the longest outage that is to be survived, and no longer than the broker's
     *     {@code transaction.max.timeout.ms}
     */
    public record Kafka(
            String bootstrap,
            String group,
            Map<String, String> properties,
            Topics topics,
            Duration transactionTimeout) {
        public Kafka {
            Checks.present("bootstrap", bootstrap);
            Checks.present("group", group);
            Checks.atLeast("transaction-timeout", transactionTimeout, Duration.ofSeconds(10));
        }
    }

    /** The eleven topics. */
    public record Topics(
            String events,
            String profiles,
            String privacy,
            String rules,
            String actions,
            String alerts,
            String segmentChanges,
            String segmentMemberships,
            String ruleStatus,
            String deadLetters,
            String health) {
        public static final Topics DEFAULT = new Topics(
                "behavioral-events",
                "user-profiles",
                "privacy-requests",
                "rules",
                "alert-actions",
                "risk-alerts",
                "segment-changes",
                "segment-memberships",
                "rule-status",
                "dead-letters",
                "health");

        /** All of them, inputs first. */
        public List<String> all() {
            return List.of(
                    events,
                    profiles,
                    privacy,
                    rules,
                    actions,
                    alerts,
                    segmentChanges,
                    segmentMemberships,
                    ruleStatus,
                    deadLetters,
                    health);
        }

        /** Those whose newest record per key is what counts. */
        public List<String> compacted() {
            return List.of(profiles, rules, ruleStatus);
        }
    }

    /**
     * PostgreSQL.
     *
     * @param batchSize rows of one statement
     * @param batchInterval how long a row may wait for its batch to fill
     * @param retentionMonths rows of older months go to the default partitions, and {@code maintain} exports and drops them
     */
    public record Database(
            String url, String user, Secret password, int batchSize, Duration batchInterval, int retentionMonths) {
        public Database {
            Checks.that(url.startsWith("jdbc:postgresql:"), "url", "must begin with jdbc:postgresql:");
            Checks.between("batch-size", batchSize, 1, 10_000);
            Checks.atLeast("batch-interval", batchInterval, Duration.ofMillis(1));
            Checks.between("retention-months", retentionMonths, 1, 1200);
        }
    }

    /**
     * How time passes.
     *
     * @param outOfOrderness how far event time stays behind the newest event, and behind the wall clock
     * @param idleTimeout how long after everything was read event time goes on by itself
     * @param endOffsetsInterval how often the topics' ends are looked up
     */
    public record EventTime(Duration outOfOrderness, Duration idleTimeout, Duration endOffsetsInterval) {
        public static final EventTime DEFAULT =
                new EventTime(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMillis(500));

        public EventTime {
            Checks.atLeast("out-of-orderness", outOfOrderness, Duration.ZERO);
            Checks.atLeast("idle-timeout", idleTimeout, Duration.ofMillis(100));
            Checks.atLeast("end-offsets-interval", endOffsetsInterval, Duration.ofMillis(10));
        }
    }

    /** What holds for a user without consent on record. */
    public record Consent(List<Purpose> byDefault) {}

    /** The master key that wraps each user's data key: a Tink keyset in JSON. */
    public record Keys(@Nullable Secret master) {
        /** The key of a job that stores anything. */
        public Secret required() {
            if (master == null) {
                throw new IllegalStateException("keys.master is not set");
            }
            return master;
        }
    }

    /**
     * Where rules come from besides their topic.
     *
     * @param catalogue whether the shipped rules are loaded
     * @param directory rules of one's own; they replace shipped ones of the same id
     */
    public record Rules(boolean catalogue, @Nullable String directory, int partialMatches) {
        public Rules {
            Checks.between("partial-matches", partialMatches, 1, 1_000_000);
        }
    }

    /**
     * How segments come to be.
     *
     * @param backfill whether a segment that asks for what was not counted until now is filled from history first
     */
    public record Segments(boolean backfill) {}

    /** How text is scored. {@code cacheSize} is in texts; 0 switches the cache off. */
    public record Text(int cacheSize) {
        public Text {
            Checks.between("cache-size", cacheSize, 0, 1_000_000);
        }
    }

    /** What is kept of refused values, and whether event types are a closed list (empty = open). */
    public record DeadLetters(boolean keepPayload, List<String> eventTypes) {}

    /**
     * How Flink runs the job.
     *
     * @param checkpointInterval segment changes become visible this often
     * @param checkpointDirectory a URI; null = what the cluster is configured with
     * @param stateBackend {@code hashmap} or {@code rocksdb}
     * @param bufferTimeout how long a record may wait in a network buffer
     */
    public record Job(
            String name,
            @Nullable Integer parallelism,
            Duration checkpointInterval,
            Duration checkpointTimeout,
            @Nullable String checkpointDirectory,
            String stateBackend,
            Duration bufferTimeout) {
        public Job {
            Checks.present("name", name);
            Checks.that(parallelism == null || parallelism >= 1, "parallelism", "must be 1 or more");
            Checks.atLeast("checkpoint-interval", checkpointInterval, Duration.ofMillis(100));
            Checks.atLeast("checkpoint-timeout", checkpointTimeout, Duration.ofSeconds(1));
            Checks.that(
                    stateBackend.equals("hashmap") || stateBackend.equals("rocksdb"),
                    "state-backend",
                    "must be hashmap or rocksdb");
            Checks.atLeast("buffer-timeout", bufferTimeout, Duration.ZERO);
        }
    }
}

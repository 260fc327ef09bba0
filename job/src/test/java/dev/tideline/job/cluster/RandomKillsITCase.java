package dev.tideline.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.cluster.kills.Crowd;
import dev.tideline.job.cluster.kills.Deed;
import dev.tideline.job.cluster.kills.Heard;
import dev.tideline.job.cluster.kills.Recount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Task managers are killed at random moments while events flow: some in the middle of their work, some while the job is
 * still starting again after the last. Segment changes must be what a recount of everything says, and the database must say
 * the same. {@code -Dtideline.kills.seed=N} repeats a run.
 */
class RandomKillsITCase {
    private static final boolean WHOLE = Boolean.getBoolean("tideline.exhaustive");
    private static final long SEED = Long.getLong("tideline.kills.seed", 20251103L);
    private static final int EVENTS = WHOLE ? 500_000 : 60_000;
    private static final int KILLS = WHOLE ? 20 : 3;
    private static final int EVENTS_A_SECOND = WHOLE ? 2_500 : 3_000;
    private static final int EVENTS_BETWEEN_LOOKS = 50;
    private static final String EVENTS_TOPIC = "behavioral-events";
    private static final int NEEDED = 2;
    private static final int LONGEST_PAUSE_MILLIS = 2_000;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LONG_AFTER_MILLIS = TimeUnit.HOURS.toMillis(2);

    /** Event time never goes on by itself here: events alone move it. Rules are there from the start. */
    private static final String SETTINGS = """

            consent:
              default: grant
            event-time:
              out-of-orderness: 10s
              idle-timeout: 1h
            rules:
              catalogue: false
              directory: %s
            """;

    @TempDir
    private static Path folder;

    private static FlinkCluster cluster;
    private static Deployment deployment;
    private static Heard heard;
    private static Recount recount;
    private static int restarts;

    @BeforeAll
    static void everythingHappens() throws Exception {
        System.out.println("task managers are killed with seed " + SEED);
        Crowd crowd = new Crowd(SEED, EVENTS);
        CompletableFuture<Recount> counting = CompletableFuture.supplyAsync(() -> new Recount(crowd));
        // However often one dies, the next attempt comes soon.
        cluster = FlinkCluster.start(
                folder,
                Map.of(
                        "taskmanager.numberOfTaskSlots", "1",
                        "taskmanager.memory.task.heap.size", "600m",
                        "restart-strategy.exponential-delay.initial-backoff", "500ms",
                        "restart-strategy.exponential-delay.max-backoff", "2s"));
        Random random = new Random(SEED);
        TaskManagers taskManagers = new TaskManagers(cluster, NEEDED, random);
        deployment = Deployment.start(folder.resolve("deployment"));
        heard = new Heard(deployment.bootstrap());
        try (KafkaProducer<String, String> producer = producer()) {
            crowd.patches()
                    .forEach(patch -> producer.send(new ProducerRecord<>("user-profiles", patch.user(), patch.json())));
            producer.flush();
            taskManagers.awaitAll();
            String job = cluster.run(configuration());
            taskManagers.awaitCheckpointAfter(job, 0);
            flow(crowd.sent(), producer, new Killing(taskManagers, job, random));
            for (int partition = 0; partition < Deployment.PARTITIONS; partition++) {
                Deed tick = Crowd.tick(partition, Crowd.END + LONG_AFTER_MILLIS);
                producer.send(new ProducerRecord<>(EVENTS_TOPIC, partition, tick.user(), tick.json()));
            }
            producer.flush();
            recount = counting.get();
            heard.await(recount.changes().size());
            // What should not come would come with these at the latest.
            taskManagers.awaitCheckpointAfter(job, taskManagers.completedCheckpoints(job) + 1);
            heard.readToTheEnd();
            awaitStored(recount.changes().size());
            System.out.println(recount.changes().size() + " changes were to be heard, "
                    + heard.changes().size() + " were");
            restarts = cluster.rest("/jobs/" + job + "/exceptions")
                    .at("/exceptionHistory/entries")
                    .size();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        IOUtils.closeAll(heard, cluster, deployment);
    }

    @Test
    void startsAgain() {
        assertThat(restarts).isPositive();
    }

    @Test
    void tellsEachChangeOnceAndNothingElse() {
        assertThat(recount.changes()).as("changes to be heard").hasSizeGreaterThan(EVENTS / 4);
        assertThat(new HashSet<>(heard.ids())).as("different ids").hasSameSizeAs(heard.ids());
        assertSame(heard.changes(), recount.changes());
    }

    @Test
    void writesTheSameChanges() throws Exception {
        assertSame(
                deployment.rows("SELECT concat_ws(' ', user_id, segment_id, sequence, change,"
                        + " (extract(epoch FROM changed_at) * 1000)::bigint,"
                        + " (extract(epoch FROM member_since) * 1000)::bigint) FROM tideline.segment_changes"),
                recount.changes());
    }

    @Test
    void writesWhereEverybodyIsInTheEnd() throws Exception {
        assertSame(
                deployment.rows("SELECT concat_ws(' ', user_id, segment_id, sequence, CASE WHEN member"
                        + " THEN (extract(epoch FROM member_since) * 1000)::bigint::text ELSE 'left' END)"
                        + " FROM tideline.segment_membership"),
                recount.memberships());
    }

    @Test
    void writesEachEventOnceAndTakesNoneForLate() throws Exception {
        int ticks = Deployment.PARTITIONS;
        assertThat(deployment.rows("SELECT count(*), count(DISTINCT event_id), count(*) FILTER (WHERE late)"
                        + " FROM tideline.behavioral_events"))
                .containsExactly((EVENTS + ticks) + "|" + (EVENTS + ticks) + "|0");
    }

    /** When task managers die: how many events have been sent by then, in order. */
    private record Killing(TaskManagers taskManagers, String job, Random random, Deque<Integer> moments) {
        Killing(TaskManagers taskManagers, String job, Random random) {
            this(taskManagers, job, random, moments(random));
        }

        private static Deque<Integer> moments(Random random) {
            TreeSet<Integer> moments = new TreeSet<>();
            while (moments.size() < KILLS) {
                moments.add(EVENTS / 20 + random.nextInt(EVENTS - EVENTS / 10));
            }
            return new ArrayDeque<>(moments);
        }

        /** Kills one if it is time. Every second time, on average, the job has to have got somewhere since the last. */
        void strikeAfter(int sent) {
            if (moments.isEmpty() || sent < moments.peek()) {
                return;
            }
            moments.remove();
            long completed = taskManagers.completedCheckpoints(job);
            boolean amidWork = random.nextBoolean();
            long pause = TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS));
            taskManagers.awaitAll();
            if (amidWork) {
                taskManagers.awaitCheckpointAfter(job, completed);
            }
            LockSupport.parkNanos(pause);
            taskManagers.killOne();
            System.out.println("killed one after " + sent + " events and " + taskManagers.completedCheckpoints(job)
                    + " checkpoints" + (amidWork ? ", amid work" : ""));
        }
    }

    private static void flow(List<Deed> deeds, KafkaProducer<String, String> producer, Killing killing) {
        long begin = System.nanoTime();
        int sent = 0;
        for (Deed deed : deeds) {
            producer.send(new ProducerRecord<>(EVENTS_TOPIC, deed.user(), deed.json()));
            if (++sent % EVENTS_BETWEEN_LOOKS == 0) {
                long due = begin + TimeUnit.SECONDS.toNanos(1) * sent / EVENTS_A_SECOND;
                LockSupport.parkNanos(due - System.nanoTime());
                killing.strikeAfter(sent);
            }
        }
        assertThat(killing.moments()).as("kills that are left").isEmpty();
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, deployment.bootstrap(),
                        ProducerConfig.LINGER_MS_CONFIG, "5",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static Path configuration() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        Files.writeString(rules.resolve("circles.yaml"), Recount.rules());
        return deployment.configuration("tideline.yaml", SETTINGS.formatted(rules));
    }

    private static void awaitStored(int count) throws SQLException {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (System.nanoTime() < deadline) {
            String stored = deployment
                    .rows("SELECT count(*) FROM tideline.segment_changes")
                    .get(0);
            if (Integer.parseInt(stored) >= count) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    /** The same in any order, each as often; of many differences the first few are told. */
    private static void assertSame(List<String> actual, List<String> expected) {
        List<String> missing = new ArrayList<>(expected);
        missing.removeAll(new HashSet<>(actual));
        List<String> unexpected = new ArrayList<>(actual);
        unexpected.removeAll(new HashSet<>(expected));
        assertThat(missing.stream().sorted().limit(20))
                .as("%d missing", missing.size())
                .isEmpty();
        assertThat(unexpected.stream().sorted().limit(20))
                .as("%d unexpected", unexpected.size())
                .isEmpty();
        assertThat(actual).hasSameSizeAs(expected);
    }
}

package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.RuleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of rules, watched by a job on a cluster of its own, with one task that takes over every revision. */
final class WatchedFolderITCase {
    /** Static, as the tasks run in this process and know nothing of the test's object. */
    private static final BlockingQueue<RuleStatus> STATUSES = new LinkedBlockingQueue<>();

    private static final Queue<String> REVISIONS = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @TempDir
    private Path savepoints;

    private @Nullable JobClient job;

    @BeforeEach
    void forget() {
        STATUSES.clear();
        REVISIONS.clear();
    }

    /**
     * Starts the job as {@code run} does: with what is in the folder.
     *
     * @param savepoint what it goes on from; null = it begins
     */
    private JobClient start(@Nullable String savepoint) throws Exception {
        RuleFiles files = RuleFiles.read(false, folder);
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(200));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        RuleOptions options = RuleOptions.live(files.rules(), files.watched(), 1000);
        DataStream<RuleRecord> topic = environment.fromData(
                List.of(new RuleRecord("segment/unknown", null, Instant.EPOCH)), TypeInformation.of(RuleRecord.class));
        Ruled ruled = RuleGates.wire(topic, options);
        DataStream<RuleReport> reports =
                ruled.revisions().flatMap(WatchedFolderITCase::take).returns(RuleReport.class);
        RuleStatuses.wire(ruled.statuses(), reports, options)
                .map(WatchedFolderITCase::tell)
                .returns(Types.BOOLEAN)
                .sinkTo(new DiscardingSink<>());
        job = environment.executeAsync("a watched folder");
        return job;
    }

    /** What the step that reads history says, and the one task. */
    private static void take(RuleRevision revision, Collector<RuleReport> out) {
        REVISIONS.add(revision.number() + " " + revision.key());
        out.collect(RuleReport.sent(revision.number(), revision.key(), false, null));
        out.collect(RuleReport.taken(0, 1, revision.number()));
    }

    private static boolean tell(RuleStatus status) {
        return STATUSES.add(status);
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.cancel().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void aChangedFileTakesEffect() throws Exception {
        write("a.yaml", segment("a", 1, "page_view"));
        start(null);
        assertThat(next(2)).containsExactly("segment/a ACCEPTED 1", "segment/a LIVE 1");

        write("a.yaml", segment("a", 2, "login"));
        write("b.yaml", segment("b", 1, "page_view"));
        assertThat(next(4))
                .containsExactlyInAnyOrder(
                        "segment/a ACCEPTED 2", "segment/b ACCEPTED 1", "segment/a LIVE 2", "segment/b LIVE 1");

        write("a.yaml", segment("a", 2, "page_view"));
        RuleStatus refused = next();
        assertThat(told(refused)).isEqualTo("segment/a REJECTED 2");
        assertThat(refused.reason()).isEqualTo("a.yaml:1:1: version 2 is taken by another document; raise the version");

        write("a.yaml", segment("a", 3, "Page View"));
        RuleStatus broken = next();
        assertThat(told(broken)).isEqualTo("segment/a REJECTED null");
        assertThat(broken.reason()).startsWith("a.yaml:5:20: ");
        assertThat(broken.running())
                .isNotNull()
                .extracting(RuleStatus.Running::version)
                .isEqualTo(2);

        write("a.yaml", segment("a", 3, "page_view"));
        assertThat(next(2)).containsExactly("segment/a ACCEPTED 3", "segment/a LIVE 3");

        Files.delete(folder.resolve("b.yaml"));
        assertThat(next(1)).containsExactly("segment/b REMOVED null");
    }

    @Test
    void whatChangedWhileTheJobWasDownTakesEffectAndNothingElseIsSentAnew() throws Exception {
        for (String id : List.of("same", "changed", "removed", "raised")) {
            write(id + ".yaml", segment(id, 1, "page_view"));
        }
        JobClient first = start(null);
        next(8);
        write("raised.yaml", segment("raised", 2, "login"));
        write("broken.yaml", "kind: segmnt\n");
        assertThat(next(3))
                .containsExactlyInAnyOrder(
                        "segment/raised ACCEPTED 2", "segment/raised LIVE 2", "file/broken.yaml REJECTED null");
        String savepoint = first.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);
        assertThat(STATUSES).isEmpty();
        REVISIONS.clear();

        write("changed.yaml", segment("changed", 2, "login"));
        Files.delete(folder.resolve("removed.yaml"));
        write("added.yaml", segment("added", 1, "page_view"));
        Files.delete(folder.resolve("broken.yaml"));
        start(savepoint);

        assertThat(next(6))
                .containsExactlyInAnyOrder(
                        "segment/changed ACCEPTED 2",
                        "segment/changed LIVE 2",
                        "segment/removed REMOVED null",
                        "segment/added ACCEPTED 1",
                        "segment/added LIVE 1",
                        "file/broken.yaml REMOVED null");
        // What comes after all that shows that nothing else came with it.
        write("same.yaml", segment("same", 2, "login"));
        assertThat(next(2)).containsExactly("segment/same ACCEPTED 2", "segment/same LIVE 2");
        // The last revision of before is told once more, so that it is known what the tasks have.
        assertThat(REVISIONS)
                .containsExactly(
                        "1 segment/raised",
                        "2 segment/removed",
                        "3 segment/added",
                        "4 segment/changed",
                        "5 segment/same");
    }

    private static List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(told(next()));
        }
        return next;
    }

    private static RuleStatus next() throws InterruptedException {
        RuleStatus next = STATUSES.poll(1, TimeUnit.MINUTES);
        assertThat(next).as("the next status").isNotNull();
        return next;
    }

    private static String told(RuleStatus status) {
        return status.key() + " " + status.verdict() + " " + status.version();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String segment(String id, int version, String event) {
        return "kind: segment\nid: %s\nversion: %d\nname: A segment\nwhen: { performed: %s }\n"
                .formatted(id, version, event);
    }
}

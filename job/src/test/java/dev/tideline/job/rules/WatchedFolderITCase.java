package dev.tideline.job.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.RuleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of rules, watched by a job on a cluster of its own, with one task that takes over every revision. */
final class WatchedFolderITCase {
    @TempDir
    private Path folder;

    private CloseableIterator<RuleStatus> statuses;

    @BeforeEach
    void start() throws Exception {
        write("a.yaml", segment("a", 1, "page_view"));
        RuleFiles files = RuleFiles.read(false, folder);
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(200));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        RuleOptions options = RuleOptions.live(files.rules(), files.watched(), 1000);
        DataStream<RuleRecord> topic = environment.fromData(
                List.of(new RuleRecord("segment/unknown", null, Instant.EPOCH)), TypeInformation.of(RuleRecord.class));
        Ruled ruled = RuleGates.wire(topic, options);
        DataStream<RuleReport> reports = ruled.revisions()
                .map(revision -> RuleReport.taken(0, 1, revision.number()))
                .returns(RuleReport.class);
        statuses = RuleStatuses.wire(ruled.statuses(), reports, options).executeAndCollect();
    }

    @AfterEach
    void stop() throws Exception {
        statuses.close();
    }

    @Test
    void aChangedFileTakesEffect() throws IOException {
        assertThat(next(2)).containsExactly("segment/a ACCEPTED 1", "segment/a LIVE 1");

        write("a.yaml", segment("a", 2, "login"));
        write("b.yaml", segment("b", 1, "page_view"));
        assertThat(next(4))
                .containsExactlyInAnyOrder(
                        "segment/a ACCEPTED 2", "segment/b ACCEPTED 1", "segment/a LIVE 2", "segment/b LIVE 1");

        write("a.yaml", segment("a", 2, "page_view"));
        RuleStatus refused = statuses.next();
        assertThat(told(refused)).isEqualTo("segment/a REJECTED 2");
        assertThat(refused.reason()).isEqualTo("a.yaml:1:1: version 2 is taken by another document; raise the version");

        write("a.yaml", segment("a", 3, "Page View"));
        RuleStatus broken = statuses.next();
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

    private List<String> next(int count) {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(told(statuses.next()));
        }
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

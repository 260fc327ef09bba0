package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.privacy.MasterKey;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.score.Scorer;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.settings.SettingsReader;
import dev.tideline.job.step.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * A savepoint finds its operators by their uids: this holds them to {@code operators.txt}. A changed line there is state that
 * is lost at the next upgrade, and wants an entry in the change log.
 */
final class JobGraphTest {
    @Test
    void keepsTheUidsThatSavepointsGoBy() throws IOException {
        List<String> operators = graph(new Configuration()).getStreamNodes().stream()
                .sorted(Comparator.comparing(StreamNode::getId))
                .map(node -> node.getTransformationUID() + " | " + node.getOperatorName())
                .toList();

        assertThat(operators).containsExactlyInAnyOrderElementsOf(golden());
    }

    @Test
    void marksEverySavedStateByAStepOfOurs() throws IOException {
        List<String> steps = List.of(Step.values()).stream().map(Step::uid).toList();

        assertThat(golden())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(steps)
                        .anyMatch(step -> line.startsWith(step + " |") || line.contains(": " + step + " |")));
    }

    @Test
    void leavesNoUidToBeMadeUp() {
        Configuration strict = new Configuration();
        strict.set(org.apache.flink.configuration.PipelineOptions.AUTO_GENERATE_UIDS, false);

        assertThat(graph(strict).getJobGraph().getNumberOfVertices()).isPositive();
    }

    private static StreamGraph graph(Configuration configuration) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        RuleRevision rule = new RuleRevision(0, "segment/any", "{}", Long.MIN_VALUE);
        LiveJob.define(environment, settings(), List.of(rule), Scorer.SHIPPED);
        return environment.getStreamGraph();
    }

    private static Settings settings() {
        String yaml = """
                kafka:
                  bootstrap: localhost:1
                database:
                  url: jdbc:postgresql://localhost:1/nowhere
                keys:
                  master: ${env:MASTER}
                """;
        return SettingsReader.parse("dummy", yaml, name -> MasterKey.generate().value());
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(JobGraphTest.class.getResourceAsStream("operators.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

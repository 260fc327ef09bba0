package dev.tideline.job;

import dev.tideline.job.settings.Settings;
import java.net.URI;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Tells Flink how to run the job. */
final class Runtime {
    private Runtime() {}

    static void set(StreamExecutionEnvironment environment, Settings.Job job) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.NAME, job.name());
        // What travels must be what Flink serialises by itself.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // What has no uid of ours would lose its state with the next change of the graph.
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(StateBackendOptions.STATE_BACKEND, job.stateBackend());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, job.checkpointInterval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, job.checkpointTimeout());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        if (job.checkpointDirectory() != null) {
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    URI.create(job.checkpointDirectory()).toString());
        }
        environment.configure(configuration);
        environment.setBufferTimeout(job.bufferTimeout().toMillis());
        if (job.parallelism() != null) {
            environment.setParallelism(job.parallelism());
        }
    }
}

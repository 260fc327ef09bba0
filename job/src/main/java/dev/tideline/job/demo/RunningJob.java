package dev.tideline.job.demo;

import dev.tideline.job.LiveJob;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job on a Flink mini cluster of this process, with its web UI. */
final class RunningJob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final long STOPPING_SECONDS = 20;

    private final JobClient client;

    private RunningJob(JobClient client) {
        this.client = client;
    }

    /**
     * Starts cluster and job, from the newest checkpoint in the folder if there is one.
     *
     * @throws Exception if Flink refuses the job, or does not come up
     */
    static RunningJob start(DemoFolder folder, Settings settings, RuleFiles rules, int uiPort) throws Exception {
        Configuration configuration = new Configuration();
        String scratch = folder.path().resolve("flink").toString();
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.PORT, uiPort);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
        configuration.set(CoreOptions.TMP_DIRS, scratch);
        configuration.set(WebOptions.TMP_DIR, scratch);
        configuration.set(BlobServerOptions.STORAGE_DIRECTORY, scratch);
        Path checkpoint = folder.latestCheckpoint().orElse(null);
        if (checkpoint != null) {
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration);
        LiveJob.define(environment, settings, rules);
        return new RunningJob(environment.executeAsync(settings.job().name()));
    }

    /** Waits until the job runs; returns at once if the demo ends before. */
    void awaitRunning(Ending ending) throws ExecutionException, InterruptedException {
        while (!ending.hasCome() && client.getJobStatus().get() != JobStatus.RUNNING) {
            ending.await(Duration.ofMillis(50));
        }
    }

    /** Calls back if the job ends by itself: it never should. */
    void onFailure(Runnable failed) {
        client.getJobExecutionResult().whenComplete((result, cause) -> failed.run());
    }

    @Override
    public void close() {
        try {
            client.cancel().get(STOPPING_SECONDS, TimeUnit.SECONDS);
            client.getJobExecutionResult().get(STOPPING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException cancelled) {
            LOG.debug("the job was cancelled", cancelled);
        } catch (TimeoutException stuck) {
            LOG.error("the job did not stop within {} s", STOPPING_SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

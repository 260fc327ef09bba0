package dev.tideline.job.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The task managers of a cluster, one slot each: as many as the job needs, and one more. Any may be killed at any time; it is
 * replaced at once, and the next dies when its place is taken. For one thread.
 */
final class TaskManagers {
    private static final String REGISTERED = "Successful registration at resource manager";
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(180);

    private final FlinkCluster cluster;
    private final Random random;
    private final List<JavaProcess> alive = new ArrayList<>();

    TaskManagers(FlinkCluster cluster, int needed, Random random) {
        this.cluster = cluster;
        this.random = random;
        for (int number = 0; number <= needed; number++) {
            alive.add(cluster.addTaskManager());
        }
    }

    /** Waits until all of them belong to the cluster. */
    void awaitAll() {
        await(() -> alive.stream().allMatch(process -> process.output().contains(REGISTERED)), "task managers");
    }

    /**
     * Kills one of them as {@code kill -9} does, and starts another. All must belong to the cluster. One that ended by itself
     * was replaced by then, and is not killed again.
     */
    void killOne() {
        alive.removeIf(process -> !process.isAlive());
        if (!alive.isEmpty()) {
            alive.remove(random.nextInt(alive.size())).kill();
        }
        alive.add(cluster.addTaskManager());
    }

    /** Waits until the job has completed more checkpoints than so many. */
    void awaitCheckpointAfter(String job, long count) {
        await(() -> completedCheckpoints(job) > count, "a checkpoint after " + count);
    }

    /** How many checkpoints the job has completed. */
    long completedCheckpoints(String job) {
        try {
            return cluster.rest("/jobs/" + job + "/checkpoints")
                    .at("/counts/completed")
                    .asLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (IOException e) {
            throw new AssertionError("the job manager does not answer", e);
        }
    }

    private void await(BooleanSupplier happened, String what) {
        long deadline = System.nanoTime() + LONGEST_WAIT_NANOS;
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no " + what + "\n" + cluster.diagnosis());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }
}

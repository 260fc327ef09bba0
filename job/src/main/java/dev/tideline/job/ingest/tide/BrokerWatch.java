package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.tide.BrokerView.Look;
import dev.tideline.job.ingest.tide.BrokerView.Suspect;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the broker again and again, on a thread of its own: the one that enumerators are lent is busy for a minute when
 * Kafka's own looks for new partitions and the broker is away. Any thread may close it.
 */
final class BrokerWatch implements Closeable {
    private final BrokerView broker;
    private final Duration pause;
    private final ScheduledExecutorService thread;
    private volatile List<Suspect> suspects = List.of();
    private volatile boolean closed;

    /** Takes what was seen, or why nothing was; called on the watch's thread. */
    @FunctionalInterface
    interface Watcher {
        void looked(@Nullable Look look, @Nullable Throwable failure);
    }

    BrokerWatch(BrokerView broker, Duration pause) {
        this.broker = broker;
        this.pause = pause;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "tide-broker-watch");
            watch.setDaemon(true);
            return watch;
        });
    }

    /** Looks now, and again when the watcher has been told and the pause is over. */
    void start(Watcher watcher) {
        var unused = thread.scheduleWithFixedDelay(() -> look(watcher), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has a closer look at these from now on. */
    void suspect(List<Suspect> partitions) {
        suspects = partitions;
    }

    private void look(Watcher watcher) {
        Look look = null;
        Throwable failure = null;
        try {
            look = broker.look(suspects);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception noAnswer) {
            failure = noAnswer;
        }
        if (!closed) {
            watcher.looked(look, failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        broker.close();
    }
}

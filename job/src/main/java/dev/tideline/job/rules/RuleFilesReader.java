package dev.tideline.job.rules;

import dev.tideline.patterns.rule.Catalogue;
import dev.tideline.patterns.rule.Reading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the folder on a thread of its own, so that a slow disk holds nothing up, and says what is new on the task's.
 *
 * <p>Owns: what the gate was told · Lifecycle: with the task · Never: the content of a file over a checkpoint.
 */
final class RuleFilesReader implements SourceReader<RuleFileNews, RuleFilesSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(RuleFilesReader.class);

    /** A change is taken when it was seen twice: at the latest after two of these. */
    private static final long LOOK_MILLIS = 400;

    private static final FolderView NO_FOLDER = new FolderView(Map.of(), Set.of());

    private final RuleOptions options;
    private @Nullable ScheduledExecutorService looking;
    private @Nullable FilesWatch watch;
    private boolean greeted;

    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable FolderView seen;

    RuleFilesReader(RuleOptions options) {
        this.options = options;
    }

    @Override
    public void start() {}

    @Override
    public void addSplits(List<RuleFilesSplit> splits) {
        RuleFilesSplit split = splits.get(0);
        WatchedFiles files = options.files();
        Reading shipped = files != null && files.catalogue() ? Catalogue.read() : Reading.EMPTY;
        watch = new FilesWatch(shipped, split.told(), split.flaws());
        wake(null);
        if (files != null && files.directory() != null) {
            lookInto(new Folder(Path.of(files.directory())));
        } else if (files != null) {
            // Shipped rules change with the job's jar.
            wake(NO_FOLDER);
        }
    }

    private void lookInto(Folder folder) {
        looking = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "rule-files");
            thread.setDaemon(true);
            return thread;
        });
        looking.scheduleWithFixedDelay(() -> look(folder), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(Folder folder) {
        try {
            FolderView view = folder.look();
            if (view != null) {
                wake(view);
            }
        } catch (RuntimeException bug) {
            // The next look may succeed; without this there would be none.
            LOG.error("The folder of rules could not be looked at.", bug);
        }
    }

    private synchronized void wake(@Nullable FolderView view) {
        seen = view == null ? seen : view;
        available.complete(null);
    }

    private synchronized @Nullable FolderView sleep() {
        FolderView view = seen;
        seen = null;
        available = new CompletableFuture<>();
        return view;
    }

    @Override
    public synchronized CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RuleFileNews> output) {
        FolderView view = sleep();
        if (watch == null) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (!greeted) {
            greeted = true;
            output.emitWatermark(Watermark.MAX_WATERMARK);
            output.collect(RuleFileNews.hello(Instant.EPOCH));
            if (!options.endless()) {
                return InputStatus.END_OF_INPUT;
            }
        }
        if (view != null && options.files() != null) {
            Instant now = Instant.ofEpochMilli(options.files().clock().millis());
            watch.look(view, now).forEach(output::collect);
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<RuleFilesSplit> snapshotState(long checkpoint) {
        return watch == null ? List.of() : List.of(new RuleFilesSplit(watch.told(), watch.flaws()));
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }
}

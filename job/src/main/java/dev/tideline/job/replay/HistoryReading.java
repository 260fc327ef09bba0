package dev.tideline.job.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads the files of a history: one thread cuts them into lines, as many as asked for decode and sort those.
 *
 * <p>Owns: a few batches of lines on their way, and what {@link HistorySort} holds · Lifecycle: one reading · Never: a whole file.
 */
final class HistoryReading {
    /** Held in memory by all sorts together: less where there is little. */
    private static final long SORTED_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final int MOST_LINES = 500;
    private static final int MOST_BYTES = 1 << 19;
    private static final int OVERHEAD = 64;
    private static final long LOOK_MILLIS = 200;
    private static final Batch END = new Batch(HistoryFile.EVENTS, List.of());

    private final Path input;
    private final Path working;
    private final List<HistorySort> sorts = new ArrayList<>();
    private final List<Future<?>> workers = new ArrayList<>();
    private final RepeatedIds repeated = new RepeatedIds();
    private final BlockingQueue<Batch> batches;
    private final Progress progress;
    private long taken;

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Line(long number, byte[] bytes) {}

    private record Batch(HistoryFile file, List<Line> lines) {}

    private HistoryReading(Path input, Path working, int threads, Instant now, Labels labels, Progress progress) {
        this.input = input;
        this.working = working;
        this.progress = progress;
        batches = new ArrayBlockingQueue<>(2 * threads);
        for (int thread = 0; thread < threads; thread++) {
            sorts.add(new HistorySort(working, SORTED_BYTES / threads, now, labels, repeated));
        }
    }

    /**
     * Reads the folder's files.
     *
     * @param working where sorted runs go
     * @param threads that decode
     * @param now what the wall clock shows
     */
    static History read(Path input, Path working, int threads, Instant now, Labels labels, Progress progress)
            throws IOException, InterruptedException {
        return new HistoryReading(input, working, threads, now, labels, progress).read();
    }

    private History read() throws IOException, InterruptedException {
        progress.begin(Progress.Phase.READING, size());
        ExecutorService threads = Executors.newFixedThreadPool(sorts.size());
        try {
            for (HistorySort sort : sorts) {
                workers.add(threads.submit(() -> {
                    sortBatches(sort);
                    return null;
                }));
            }
            for (HistoryFile file : HistoryFile.values()) {
                Path path = input.resolve(file.fileName());
                if (Files.exists(path)) {
                    cut(file, path);
                }
            }
            give(END);
            for (Future<?> worker : workers) {
                await(worker);
            }
        } finally {
            threads.shutdownNow();
        }
        return History.of(sorts, working, taken, repeated);
    }

    private long size() throws IOException {
        long bytes = 0;
        for (HistoryFile file : HistoryFile.values()) {
            Path path = input.resolve(file.fileName());
            bytes += Files.exists(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private void cut(HistoryFile file, Path path) throws IOException, InterruptedException {
        List<Line> batch = new ArrayList<>();
        long bytes = 0;
        try (Lines lines = new Lines(Files.newInputStream(path))) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                progress.done(lines.takenBytes());
                if (isBlank(line)) {
                    continue;
                }
                taken++;
                batch.add(new Line(lines.number(), line));
                bytes += line.length + OVERHEAD;
                if (batch.size() == MOST_LINES || bytes >= MOST_BYTES) {
                    give(new Batch(file, batch));
                    batch = new ArrayList<>();
                    bytes = 0;
                }
            }
        }
        give(new Batch(file, batch));
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Waits for room; a worker that failed makes none. */
    private void give(Batch batch) throws IOException, InterruptedException {
        while (!batches.offer(batch, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            for (Future<?> worker : workers) {
                if (worker.isDone()) {
                    await(worker);
                }
            }
        }
    }

    private static void await(Future<?> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("a history cannot be read", failed.getCause());
        }
    }

    private void sortBatches(HistorySort sort) throws IOException, InterruptedException {
        for (Batch batch = batches.take(); batch != END; batch = batches.take()) {
            for (Line line : batch.lines()) {
                sort.take(batch.file(), line.bytes(), line.number());
            }
        }
        batches.put(END);
        sort.finish();
    }
}

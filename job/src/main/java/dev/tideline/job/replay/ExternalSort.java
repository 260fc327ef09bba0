package dev.tideline.job.replay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings records into order with bounded memory: sorted runs on disk. For one thread; several may sort side by side, each for
 * itself, and {@link Merge} reads what all of them have.
 */
final class ExternalSort<T> implements AutoCloseable {
    /** So many runs are merged into one, so that not too many files are open at once. */
    private static final int MOST_RUNS = 64;

    private final Codec<T> codec;
    private final Path directory;
    private final long runBytes;
    private final List<Path> runs = new ArrayList<>();
    private final List<Path> merged = new ArrayList<>();
    private List<T> held = new ArrayList<>();
    private long heldBytes;

    /**
     * Begins with nothing.
     *
     * @param directory where the runs go until it is closed
     * @param runBytes so many bytes of records are held at once, roughly
     */
    ExternalSort(Codec<T> codec, Path directory, long runBytes) {
        this.codec = codec;
        this.directory = directory;
        this.runBytes = runBytes;
    }

    void add(T record) throws IOException {
        held.add(record);
        heldBytes += codec.size(record);
        if (heldBytes >= runBytes) {
            endRun();
        }
    }

    /** What is done with each record. */
    interface Reader<T> {
        void take(T record) throws IOException;
    }

    /** Reads everything that was added, in order. */
    void forEach(Reader<T> reader) throws IOException {
        try (Merge<T> merge = new Merge<>(codec, runs())) {
            for (T record = merge.next(); record != null; record = merge.next()) {
                reader.take(record);
            }
        }
    }

    /** The sorted files that hold everything that was added. */
    List<Path> runs() throws IOException {
        endRun();
        List<Path> all = new ArrayList<>(merged);
        all.addAll(runs);
        return all;
    }

    private void endRun() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        held.sort(codec.order());
        Path run = Files.createTempFile(directory, "sorted", ".run");
        runs.add(run);
        try (DataOutputStream out = output(run)) {
            for (T record : held) {
                codec.write(record, out);
            }
        }
        held = new ArrayList<>();
        heldBytes = 0;
        if (runs.size() == MOST_RUNS) {
            mergeRuns();
        }
    }

    private void mergeRuns() throws IOException {
        Path all = Files.createTempFile(directory, "merged", ".run");
        merged.add(all);
        try (Merge<T> merge = new Merge<>(codec, runs);
                DataOutputStream out = output(all)) {
            for (T record = merge.next(); record != null; record = merge.next()) {
                codec.write(record, out);
            }
        }
        delete(runs);
        runs.clear();
    }

    static DataInputStream input(Path file) throws IOException {
        return input(file, 1 << 17);
    }

    static DataInputStream input(Path file, int buffer) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), buffer));
    }

    static DataOutputStream output(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 17));
    }

    @Override
    public void close() throws IOException {
        delete(runs);
        delete(merged);
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}

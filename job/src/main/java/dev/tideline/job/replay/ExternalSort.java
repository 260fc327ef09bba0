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
import java.util.PriorityQueue;

/**
 * Brings history into time order with bounded memory: sorted runs on disk, merged in one pass. At most {@link #RUN_BYTES} of
 * lines are held at once.
 */
final class ExternalSort implements AutoCloseable {
    private static final long RUN_BYTES = 64L << 20;
    private static final int RECORD_OVERHEAD = 96;

    private final Path directory;
    private final List<Path> runs = new ArrayList<>();
    private List<HistoryRecord> held = new ArrayList<>();
    private long heldBytes;

    ExternalSort(Path directory) {
        this.directory = directory;
    }

    void add(HistoryRecord record) throws IOException {
        held.add(record);
        heldBytes += record.value().length + RECORD_OVERHEAD;
        if (heldBytes >= RUN_BYTES) {
            endRun();
        }
    }

    /** Writes everything that was added, in order, to the file. */
    void writeTo(Path file) throws IOException {
        endRun();
        List<DataInputStream> inputs = new ArrayList<>();
        try (DataOutputStream out = output(file)) {
            PriorityQueue<Head> heads =
                    new PriorityQueue<>((one, other) -> HistoryRecord.ORDER.compare(one.record, other.record));
            for (Path run : runs) {
                DataInputStream in = input(run);
                inputs.add(in);
                offer(heads, in);
            }
            for (Head head = heads.poll(); head != null; head = heads.poll()) {
                head.record.write(out);
                offer(heads, head.in);
            }
        } finally {
            for (DataInputStream in : inputs) {
                in.close();
            }
        }
    }

    private static void offer(PriorityQueue<Head> heads, DataInputStream in) throws IOException {
        HistoryRecord next = HistoryRecord.read(in);
        if (next != null) {
            heads.add(new Head(next, in));
        }
    }

    private void endRun() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        held.sort(HistoryRecord.ORDER);
        Path run = Files.createTempFile(directory, "run", ".bin");
        try (DataOutputStream out = output(run)) {
            for (HistoryRecord record : held) {
                record.write(out);
            }
        }
        runs.add(run);
        held = new ArrayList<>();
        heldBytes = 0;
    }

    static DataInputStream input(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 17));
    }

    private static DataOutputStream output(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 17));
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private record Head(HistoryRecord record, DataInputStream in) {}
}

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
final class ExternalSort<T> implements AutoCloseable {
    private static final long RUN_BYTES = 64L << 20;

    private final Codec<T> codec;
    private final Path directory;
    private final List<Path> runs = new ArrayList<>();
    private List<T> held = new ArrayList<>();
    private long heldBytes;

    /** @param directory where the runs go until it is closed */
    ExternalSort(Codec<T> codec, Path directory) {
        this.codec = codec;
        this.directory = directory;
    }

    void add(T record) throws IOException {
        held.add(record);
        heldBytes += codec.size(record);
        if (heldBytes >= RUN_BYTES) {
            endRun();
        }
    }

    /** What is done with each record. */
    interface Reader<T> {
        void take(T record) throws IOException;
    }

    /** Reads everything that was added, in order. */
    void forEach(Reader<T> reader) throws IOException {
        endRun();
        List<DataInputStream> inputs = new ArrayList<>();
        try {
            PriorityQueue<Head<T>> heads =
                    new PriorityQueue<>((one, other) -> codec.order().compare(one.record, other.record));
            for (Path run : runs) {
                DataInputStream in = input(run);
                inputs.add(in);
                offer(heads, in);
            }
            for (Head<T> head = heads.poll(); head != null; head = heads.poll()) {
                reader.take(head.record);
                offer(heads, head.in);
            }
        } finally {
            for (DataInputStream in : inputs) {
                in.close();
            }
        }
    }

    private void offer(PriorityQueue<Head<T>> heads, DataInputStream in) throws IOException {
        T next = codec.read(in);
        if (next != null) {
            heads.add(new Head<>(next, in));
        }
    }

    private void endRun() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        held.sort(codec.order());
        Path run = Files.createTempFile(directory, "run", ".bin");
        try (DataOutputStream out = output(run)) {
            for (T record : held) {
                codec.write(record, out);
            }
        }
        runs.add(run);
        held = new ArrayList<>();
        heldBytes = 0;
    }

    static DataInputStream input(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 17));
    }

    static DataOutputStream output(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 17));
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private record Head<T>(T record, DataInputStream in) {}
}

package dev.tideline.job.replay;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Reads sorted runs as one. For one thread. */
final class Merge<T> implements Closeable {
    /** For all runs together. */
    private static final int BUFFERS = 8 << 20;

    private static final int LARGEST_BUFFER = 1 << 17;

    private final Codec<T> codec;
    private final List<DataInputStream> inputs = new ArrayList<>();
    private final PriorityQueue<Head<T>> others;
    private @Nullable Head<T> head;

    private static final class Head<T> {
        private final DataInputStream in;
        private T record;

        Head(DataInputStream in, T record) {
            this.in = in;
            this.record = record;
        }
    }

    /** Opens the runs. */
    Merge(Codec<T> codec, List<Path> runs) throws IOException {
        this.codec = codec;
        others = new PriorityQueue<>((one, other) -> codec.order().compare(one.record, other.record));
        for (Path run : runs) {
            DataInputStream in = ExternalSort.input(run, Math.min(LARGEST_BUFFER, BUFFERS / runs.size()));
            inputs.add(in);
            T first = codec.read(in);
            if (first != null) {
                others.add(new Head<>(in, first));
            }
        }
        head = others.poll();
    }

    /** The next record in order; null when there are no more. */
    @Nullable
    T next() throws IOException {
        Head<T> first = head;
        if (first == null) {
            return null;
        }
        T record = first.record;
        T after = codec.read(first.in);
        if (after == null) {
            head = others.poll();
            return record;
        }
        first.record = after;
        Head<T> second = others.peek();
        // Runs of a history that came nearly in order follow each other: mostly the head stays where it is.
        if (second != null && codec.order().compare(second.record, after) < 0) {
            others.add(first);
            head = others.poll();
        }
        return record;
    }

    @Override
    public void close() throws IOException {
        for (DataInputStream in : inputs) {
            in.close();
        }
    }
}

package dev.tideline.job.replay;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the files of a {@link History}: the rules, then all else in order. For one thread. */
final class HistoryCursor implements Closeable {
    private final DataInputStream rules;
    private final Merge<HistoryRecord> merge;
    private boolean rulesRead;
    private long read;

    HistoryCursor(List<Path> files) throws IOException {
        rules = ExternalSort.input(files.get(0));
        merge = new Merge<>(HistoryRecord.CODEC, files.subList(1, files.size()));
    }

    /** The next record; null when there are no more. */
    @Nullable
    HistoryRecord next() throws IOException {
        read++;
        if (!rulesRead) {
            HistoryRecord rule = HistoryRecord.CODEC.read(rules);
            if (rule != null) {
                return rule;
            }
            rulesRead = true;
        }
        return merge.next();
    }

    /** How many were read. */
    long read() {
        return read;
    }

    @Override
    public void close() throws IOException {
        rules.close();
        merge.close();
    }
}

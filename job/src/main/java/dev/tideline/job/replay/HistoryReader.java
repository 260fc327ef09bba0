package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.patterns.fact.Arrival;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sorted history, each event once, and lets event time follow it: never past what is still to come, and in the end up to
 * where time ends. All rules come first, so that it is known from the beginning which will hold, and when.
 */
final class HistoryReader implements SourceReader<Arrival, HistorySplit> {
    /** Event time moves at the latest after so many records, or so many bytes of them, so that what waits for it stays bounded. */
    private static final int RECORDS_PER_WATERMARK = 4_000;

    private static final int BYTES_PER_WATERMARK = 2 << 20;

    /** So many are read before the task looks at anything else. */
    private static final int RECORDS_AT_ONCE = 32;

    private final SourceReaderContext context;
    private final Instant until;
    private final Instant receivedAt;
    private final Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
    private final ArrivalCodec codec = new ArrivalCodec();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable Opened opened;
    private boolean noMore;
    private int recordsSinceWatermark;
    private long bytesSinceWatermark;

    /** A history that is being read. */
    private static final class Opened {
        private final String name;
        private final HistoryCursor cursor;
        private final FirstSeen firstSeen;
        private final Progress progress;

        Opened(String name, HistoryShelf.Shelved shelved) throws IOException {
            this.name = name;
            this.cursor = new HistoryCursor(shelved.history().files());
            this.firstSeen = new FirstSeen(shelved.history().repeated());
            this.progress = shelved.progress();
        }
    }

    HistoryReader(SourceReaderContext context, Instant until, Instant receivedAt) {
        this.context = context;
        this.until = until;
        this.receivedAt = receivedAt;
    }

    @Override
    public void start() {
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) throws IOException {
        Opened history = opened;
        if (history == null) {
            return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        for (int left = RECORDS_AT_ONCE; left > 0; left--) {
            HistoryRecord record = history.cursor.next();
            if (record == null) {
                output.emitWatermark(new Watermark(until.toEpochMilli()));
                finish();
                return InputStatus.MORE_AVAILABLE;
            }
            if (!record.at().isAfter(until)) {
                emit(record, history.firstSeen, output);
            }
        }
        history.progress.done(history.cursor.read());
        return InputStatus.MORE_AVAILABLE;
    }

    private void emit(HistoryRecord record, FirstSeen firstSeen, ReaderOutput<Arrival> output) {
        if (record.channel() == Channel.RULES) {
            output.collect(decoder.decodeRuleLine(record.received(receivedAt)));
            return;
        }
        if (record.refused()) {
            output.collect(decoder.decode(record.channel(), record.received(receivedAt)));
            return;
        }
        long at = record.at().toEpochMilli();
        if (record.channel() == Channel.EVENTS && !firstSeen.isFirst(record.body(), at)) {
            return;
        }
        bytesSinceWatermark += record.body().length;
        if (++recordsSinceWatermark >= RECORDS_PER_WATERMARK || bytesSinceWatermark >= BYTES_PER_WATERMARK) {
            output.emitWatermark(new Watermark(at - 1));
            recordsSinceWatermark = 0;
            bytesSinceWatermark = 0;
        }
        output.collect(codec.read(record), at);
    }

    private void finish() throws IOException {
        close();
        opened = null;
        context.sendSplitRequest();
        available = new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return opened != null || noMore ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<HistorySplit> splits) {
        String name = splits.get(0).history();
        try {
            opened = new Opened(name, HistoryShelf.get(name));
        } catch (IOException e) {
            throw new IllegalStateException("the sorted history is gone: " + name, e);
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    /** A replay makes no checkpoints; one that failed is begun anew. */
    @Override
    public List<HistorySplit> snapshotState(long checkpoint) {
        return opened == null ? List.of() : List.of(new HistorySplit(opened.name));
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.cursor.close();
        }
    }
}

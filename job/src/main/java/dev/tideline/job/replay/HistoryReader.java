package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.patterns.fact.Arrival;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
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
 * Reads a sorted history and lets event time follow it: never past what is still to come, and in the end up to where time
 * ends.
 */
final class HistoryReader implements SourceReader<Arrival, HistorySplit> {
    /** Event time moves at the latest after so many records, so that what waits for it stays bounded. */
    private static final int RECORDS_PER_WATERMARK = 500;

    private final SourceReaderContext context;
    private final Instant until;
    private final Instant receivedAt;
    private final Decoder decoder = new Decoder(new DecoderSettings(true, java.util.Set.of(), null));
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable DataInputStream in;
    private @Nullable String file;
    private long read;
    private boolean noMore;
    private int sinceWatermark;

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
        if (in == null) {
            return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        HistoryRecord record = HistoryRecord.CODEC.read(in);
        if (record == null) {
            output.emitWatermark(new Watermark(until.toEpochMilli()));
            finish();
            return InputStatus.MORE_AVAILABLE;
        }
        read++;
        if (!record.at().isAfter(until)) {
            emit(record, output);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void emit(HistoryRecord record, ReaderOutput<Arrival> output) {
        if (record.channel() == Channel.RULES) {
            output.collect(decoder.decodeRuleLine(record.received(receivedAt)));
            return;
        }
        Arrival arrival = decoder.decode(record.channel(), record.received(receivedAt));
        if (record.at().equals(Instant.MIN)) {
            output.collect(arrival);
            return;
        }
        long at = record.at().toEpochMilli();
        if (++sinceWatermark >= RECORDS_PER_WATERMARK) {
            output.emitWatermark(new Watermark(at - 1));
            sinceWatermark = 0;
        }
        output.collect(arrival, at);
    }

    private void finish() throws IOException {
        close();
        in = null;
        context.sendSplitRequest();
        available = new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return in != null || noMore ? CompletableFuture.completedFuture(null) : available;
    }

    @Override
    public void addSplits(List<HistorySplit> splits) {
        HistorySplit split = splits.get(0);
        try {
            DataInputStream opened = ExternalSort.input(Path.of(split.file()));
            for (long skipped = 0; skipped < split.read(); skipped++) {
                HistoryRecord.CODEC.read(opened);
            }
            in = opened;
        } catch (IOException e) {
            throw new IllegalStateException("the sorted history is gone: " + split.file(), e);
        }
        file = split.file();
        read = split.read();
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    @Override
    public List<HistorySplit> snapshotState(long checkpoint) {
        return in == null || file == null ? List.of() : List.of(new HistorySplit(file, read));
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}

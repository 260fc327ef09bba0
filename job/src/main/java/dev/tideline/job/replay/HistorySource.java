package dev.tideline.job.replay;

import dev.tideline.patterns.fact.Arrival;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A sorted history as a bounded source of one split. Nothing in it is ever late; its watermarks are its own.
 *
 * <p>Run it with a parallelism of 1: the order of a user's records must survive.
 */
final class HistorySource implements Source<Arrival, HistorySplit, List<HistorySplit>>, ResultTypeQueryable<Arrival> {
    private static final long serialVersionUID = 1L;

    private final String history;
    private final Instant until;
    private final Instant receivedAt;

    /**
     * Makes a source.
     *
     * @param history its name on the {@link HistoryShelf}
     * @param until where time ends; later records are left out
     * @param receivedAt what the wall clock showed when the replay began
     */
    HistorySource(String history, Instant until, Instant receivedAt) {
        this.history = history;
        this.until = until;
        this.receivedAt = receivedAt;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Arrival, HistorySplit> createReader(SourceReaderContext context) {
        return new HistoryReader(context, until, receivedAt);
    }

    @Override
    public SplitEnumerator<HistorySplit, List<HistorySplit>> createEnumerator(
            SplitEnumeratorContext<HistorySplit> context) {
        return new HistoryEnumerator(context, List.of(new HistorySplit(history)));
    }

    @Override
    public SplitEnumerator<HistorySplit, List<HistorySplit>> restoreEnumerator(
            SplitEnumeratorContext<HistorySplit> context, List<HistorySplit> unread) {
        return new HistoryEnumerator(context, unread);
    }

    @Override
    public SimpleVersionedSerializer<HistorySplit> getSplitSerializer() {
        return HistorySplitSerializer.single();
    }

    @Override
    public SimpleVersionedSerializer<List<HistorySplit>> getEnumeratorCheckpointSerializer() {
        return new HistorySplitSerializer();
    }

    @Override
    public TypeInformation<Arrival> getProducedType() {
        return TypeInformation.of(Arrival.class);
    }
}

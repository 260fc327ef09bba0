package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes lines of a history and sorts what they say; several do so side by side. For one thread.
 *
 * <p>Owns: what is sorted, most of it on disk · Lifecycle: the runs stay when it is gone · Never: a line that it has decoded.
 */
final class HistorySort {
    private final Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
    private final ArrivalCodec codec = new ArrivalCodec();
    private final ExternalSort<HistoryRecord> sort;
    private final Instant now;
    private final Labels labels;
    private final RepeatedIds repeated;
    private final List<RuleLine> rules = new ArrayList<>();
    private @Nullable Instant latest;

    HistorySort(Path working, long bytes, Instant now, Labels labels, RepeatedIds repeated) {
        this.sort = new ExternalSort<>(HistoryRecord.CODEC, working, bytes);
        this.now = now;
        this.labels = labels;
        this.repeated = repeated;
    }

    /** Takes a line of the file. */
    void take(HistoryFile file, byte[] line, long number) throws IOException {
        Received received = new Received(file.fileName(), 0, number, null, line, 0, now);
        if (file == HistoryFile.RULES) {
            rules.add(RuleLine.of(decoder.decodeRuleLine(received), number, line));
        } else {
            sort.add(record(file.channel(), decoder.decode(file.channel(), received), line, number));
        }
    }

    private HistoryRecord record(Channel channel, Arrival arrival, byte[] line, long number) {
        if (arrival.kind() == Arrival.Kind.REFUSED) {
            return new HistoryRecord(channel, Instant.MIN, number, line);
        }
        byte[] body = codec.write(arrival);
        boolean event = arrival.kind() == Arrival.Kind.EVENT;
        if (event) {
            labels.seen(arrival.user(), arrival.at());
            repeated.saw(body);
        }
        if ((event || arrival.kind() == Arrival.Kind.PROFILE)
                && (latest == null || arrival.at().isAfter(latest))) {
            latest = arrival.at();
        }
        return new HistoryRecord(channel, arrival.at(), 0, body);
    }

    /** There are no more lines; writes what is left. */
    void finish() throws IOException {
        sort.runs();
    }

    /** Sorted files with everything that was taken. */
    List<Path> runs() throws IOException {
        return sort.runs();
    }

    List<RuleLine> rules() {
        return rules;
    }

    /** The latest timestamp among accepted events and profiles; null if there is none. */
    @Nullable
    Instant latest() {
        return latest;
    }
}

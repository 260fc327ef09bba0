package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * History in time order.
 *
 * @param file the records in their order, as {@link HistoryRecord} writes them
 * @param latest the latest timestamp among accepted events and profiles; null if there is none
 * @param lines how many lines were taken, blank ones not counted
 */
record History(Path file, @Nullable Instant latest, long lines) {
    /** Reads the folder's files and brings them into time order, in a file in the working folder. */
    static History sort(Path input, Path working, Instant now, Labels labels) throws IOException {
        Path sorted = working.resolve("history.bin");
        Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
        Progress progress = new Progress(labels);
        try (ExternalSort<HistoryRecord> sort = new ExternalSort<>(HistoryRecord.CODEC, working);
                DataOutputStream out = ExternalSort.output(sorted)) {
            for (HistoryFile file : HistoryFile.values()) {
                Path path = input.resolve(file.fileName());
                if (Files.exists(path)) {
                    read(file, path, decoder, now, sort, progress);
                }
            }
            // Rules go ahead: from the beginning it is known which will come, and when.
            for (HistoryRecord rule : RuleLine.ordered(progress.rules)) {
                HistoryRecord.CODEC.write(rule, out);
            }
            sort.forEach(record -> HistoryRecord.CODEC.write(record, out));
        }
        return new History(sorted, progress.latest, progress.lines);
    }

    private static void read(
            HistoryFile file,
            Path path,
            Decoder decoder,
            Instant now,
            ExternalSort<HistoryRecord> sort,
            Progress progress)
            throws IOException {
        try (Lines lines = new Lines(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (isBlank(line)) {
                    continue;
                }
                progress.lines++;
                if (file == HistoryFile.RULES) {
                    Arrival rule = decoder.decodeRuleLine(received(file, lines.number(), line, now));
                    progress.rules.add(RuleLine.of(rule, lines.number(), line));
                } else {
                    sort.add(record(file, decoder, line, lines.number(), now, progress));
                }
            }
        }
    }

    private static HistoryRecord record(
            HistoryFile file, Decoder decoder, byte[] line, long number, Instant now, Progress progress) {
        Channel channel = file.channel();
        Arrival arrival = decoder.decode(channel, received(file, number, line, now));
        if (arrival.kind() == Arrival.Kind.REFUSED) {
            return new HistoryRecord(channel, Instant.MIN, number, line);
        }
        progress.take(arrival);
        return new HistoryRecord(channel, arrival.at(), number, line);
    }

    private static Received received(HistoryFile file, long number, byte[] line, Instant now) {
        return new Received(file.fileName(), 0, number, null, line, 0, now);
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static final class Progress {
        private final Labels labels;
        private @Nullable Instant latest;
        private final List<RuleLine> rules = new ArrayList<>();
        private long lines;

        Progress(Labels labels) {
            this.labels = labels;
        }

        void take(Arrival arrival) {
            boolean event = arrival.kind() == Arrival.Kind.EVENT;
            if (event) {
                labels.seen(arrival.user(), arrival.at());
            }
            if ((event || arrival.kind() == Arrival.Kind.PROFILE)
                    && (latest == null || arrival.at().isAfter(latest))) {
                latest = arrival.at();
            }
        }
    }
}

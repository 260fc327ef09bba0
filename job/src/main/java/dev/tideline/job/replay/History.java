package dev.tideline.job.replay;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
        try (ExternalSort<HistoryRecord> sort = new ExternalSort<>(HistoryRecord.CODEC, working)) {
            for (HistoryFile file : HistoryFile.values()) {
                Path path = input.resolve(file.fileName());
                if (Files.exists(path)) {
                    read(file, path, decoder, now, sort, progress);
                }
            }
            sort.writeTo(sorted);
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
                sort.add(
                        file == HistoryFile.RULES
                                ? RuleLine.read(line, lines.number())
                                : record(file.channel(), decoder, line, lines.number(), now, progress));
                progress.lines++;
            }
        }
    }

    private static HistoryRecord record(
            Channel channel, Decoder decoder, byte[] line, long number, Instant now, Progress progress) {
        Arrival arrival = decoder.decode(
                channel, new Received(HistoryFile.of(channel).fileName(), 0, number, null, line, 0, now));
        if (arrival.kind() == Arrival.Kind.REFUSED) {
            return new HistoryRecord(channel, Instant.MIN, number, line);
        }
        progress.take(arrival);
        return new HistoryRecord(channel, arrival.at(), number, line);
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

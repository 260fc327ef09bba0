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
    static History sort(Path input, Path working, Instant now) throws IOException {
        Path sorted = working.resolve("history.bin");
        Decoder decoder = new Decoder(DecoderSettings.DEFAULT);
        Progress progress = new Progress();
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
                HistoryRecord record = file == HistoryFile.RULES
                        ? RuleLine.read(line, lines.number())
                        : record(file.channel(), decoder, line, lines.number(), now);
                sort.add(record);
                progress.take(record);
            }
        }
    }

    private static HistoryRecord record(Channel channel, Decoder decoder, byte[] line, long number, Instant now) {
        Arrival arrival = decoder.decode(
                channel, new Received(HistoryFile.of(channel).fileName(), 0, number, null, line, 0, now));
        Instant at = arrival.kind() == Arrival.Kind.REFUSED ? Instant.MIN : arrival.at();
        return new HistoryRecord(channel, at, number, line);
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
        private @Nullable Instant latest;
        private long lines;

        void take(HistoryRecord record) {
            lines++;
            boolean counts = record.channel() == Channel.EVENTS || record.channel() == Channel.PROFILES;
            boolean accepted = !record.at().equals(Instant.MIN);
            if (counts && accepted && (latest == null || record.at().isAfter(latest))) {
                latest = record.at();
            }
        }
    }
}

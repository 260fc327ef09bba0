package dev.tideline.job.replay;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A history that was read.
 *
 * @param files the rules in the order in which the gate hears of them, then sorted runs of everything else, as
 *     {@link HistoryRecord} writes them
 * @param latest the latest timestamp among accepted events and profiles; null if there is none
 * @param lines how many lines were taken, blank ones not counted
 * @param repeated the ids that may be there more than once
 */
record History(List<Path> files, @Nullable Instant latest, long lines, RepeatedIds repeated) {
    static History of(List<HistorySort> sorts, Path working, long lines, RepeatedIds repeated) throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(rules(sorts, working));
        for (HistorySort sort : sorts) {
            files.addAll(sort.runs());
        }
        Instant latest = sorts.stream()
                .map(HistorySort::latest)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
        return new History(files, latest, lines, repeated);
    }

    private static Path rules(List<HistorySort> sorts, Path working) throws IOException {
        List<RuleLine> lines =
                sorts.stream().flatMap(sort -> sort.rules().stream()).toList();
        Path file = working.resolve("rules.run");
        try (DataOutputStream out = ExternalSort.output(file)) {
            for (HistoryRecord rule : RuleLine.ordered(lines)) {
                HistoryRecord.CODEC.write(rule, out);
            }
        }
        return file;
    }
}

package dev.tideline.job.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.ingest.Channel;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.RuleRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code rules.jsonl}, and what it is ordered by, so that the order of the lines does not matter: the gate hears of
 * rules by the instant from which on they hold; of one instant of removals first, then of lower versions before higher ones.
 *
 * @param at from when on it holds; {@link Instant#MIN} for what was refused
 * @param removal whether it takes the rule away
 */
record RuleLine(Instant at, boolean removal, long version, String key, String json, HistoryRecord line) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Comparator<RuleLine> ORDER = Comparator.comparing(RuleLine::at)
            .thenComparing(rule -> !rule.removal)
            .thenComparingLong(RuleLine::version)
            .thenComparing(RuleLine::key)
            .thenComparing(RuleLine::json)
            .thenComparingLong(rule -> rule.line.line());

    /** The line as {@code arrival} says. */
    static RuleLine of(Arrival arrival, long number, byte[] line) {
        RuleRecord rule = arrival.rule();
        Instant at = rule == null ? Instant.MIN : rule.at();
        HistoryRecord record = new HistoryRecord(Channel.RULES, at, number, line);
        return rule == null
                ? new RuleLine(at, false, 0, "", "", record)
                : new RuleLine(
                        at,
                        rule.json() == null,
                        version(rule.json()),
                        rule.key(),
                        rule.json() == null ? "" : rule.json(),
                        record);
    }

    private static long version(@Nullable String json) {
        try {
            return json == null ? 0 : MAPPER.readTree(json).path("version").asLong();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was read before cannot be read again", impossible);
        }
    }

    static List<HistoryRecord> ordered(List<RuleLine> lines) {
        return lines.stream().sorted(ORDER).map(RuleLine::line).toList();
    }
}

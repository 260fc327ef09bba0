package dev.tideline.job.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.ingest.Channel;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A line of {@code rules.jsonl}: a rule document with one more field, {@code effective}, from when on it holds. Without that
 * it holds from before the first event. A document that is only {@code kind}, {@code id} and {@code removed: true} removes
 * the rule.
 */
final class RuleLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RuleLine() {}

    static HistoryRecord read(byte[] line, long number) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (json instanceof ObjectNode document) {
                JsonNode effective = document.remove("effective");
                Instant at = effective == null || !effective.isTextual()
                        ? Instant.EPOCH
                        : OffsetDateTime.parse(effective.textValue()).toInstant();
                return new HistoryRecord(Channel.RULES, at, number, MAPPER.writeValueAsBytes(document));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            return new HistoryRecord(Channel.RULES, Instant.EPOCH, number, line);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
        return new HistoryRecord(Channel.RULES, Instant.EPOCH, number, line);
    }
}

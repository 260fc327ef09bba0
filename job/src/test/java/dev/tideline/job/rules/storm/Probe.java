package dev.tideline.job.rules.storm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that rules look for: somebody has a value in a slot. No user has two within a millisecond.
 *
 * @param at epoch milliseconds
 * @param value 0 … 99
 */
public record Probe(String user, long at, int slot, int value) {

    /** The event's id. */
    public String id() {
        return UUID.nameUUIDFromBytes((user + "probe" + at).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The event. */
    public String json() {
        return event(id(), user, "probe", at, "{\"slot\": " + slot + ", \"value\": " + value + "}");
    }

    static String event(String id, String user, String type, long at, String context) {
        return "{\"event_id\": \"" + id + "\", \"user_id\": \"" + user + "\", \"event_type\": \"" + type
                + "\", \"event_timestamp\": \"" + Instant.ofEpochMilli(at) + "\", \"context\": " + context + "}";
    }
}

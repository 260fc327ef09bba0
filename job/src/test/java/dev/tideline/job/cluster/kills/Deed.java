package dev.tideline.job.cluster.kills;

import java.time.Instant;

/**
 * An event of somebody's.
 *
 * @param at epoch milliseconds
 */
public record Deed(String user, long at, String id, Kind kind) {
    /** What was done. */
    public enum Kind {
        LOOKED_AT_NEWS("page_view", "{\"path\": \"/news\"}"),
        LOOKED_AT_PRICING("page_view", "{\"path\": \"/pricing\"}"),
        BOUGHT("purchase", "{}"),
        TICK("tick", "{}");

        private final String type;
        private final String context;

        Kind(String type, String context) {
            this.type = type;
            this.context = context;
        }

        boolean isLook() {
            return type.equals("page_view");
        }
    }

    /** As it is sent. */
    public String json() {
        return "{\"event_id\": \"" + id + "\", \"user_id\": \"" + user + "\", \"event_type\": \"" + kind.type
                + "\", \"event_timestamp\": \"" + Instant.ofEpochMilli(at) + "\", \"context\": " + kind.context + "}";
    }
}

package dev.tideline.job.cluster.kills;

import java.time.Instant;

/**
 * From an instant on, somebody has an account of this type.
 *
 * @param at epoch milliseconds
 */
public record Patch(String user, long at, String accountType) {
    /** As it is sent. */
    public String json() {
        return "{\"user_id\": \"" + user + "\", \"updated_at\": \"" + Instant.ofEpochMilli(at)
                + "\", \"account_type\": \"" + accountType + "\"}";
    }
}

package dev.tideline.job.worlds;

import java.util.Map;

/**
 * A fact as the oracle sees it.
 *
 * @param id the event's, or of a session any
 * @param event whether it is an event, or stands for one, so that it can be a cause
 * @param said its fields by name, such as {@code context.v} or {@code session.events}
 * @param user what was known of the user at its instant, by name, such as {@code user.account_type}
 * @param late whether time had passed it when it came
 */
record Sight(
        String kind,
        String id,
        long millis,
        boolean event,
        Map<String, Object> said,
        Map<String, String> user,
        boolean late) {
    Sight of(Map<String, String> profile) {
        return new Sight(kind, id, millis, event, said, profile, late);
    }
}

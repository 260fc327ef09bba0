package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.fact.StaffAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records as plain as can be: the key is the user, the value the time in milliseconds; all else is refused. */
final class PlainRecords {
    private PlainRecords() {}

    static Arrival decode(Channel channel, Received received) {
        String user = new String(Objects.requireNonNull(received.key()), StandardCharsets.UTF_8);
        String value = new String(Objects.requireNonNull(received.value()), StandardCharsets.UTF_8);
        if (!value.chars().allMatch(Character::isDigit)) {
            return refused(received);
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(value));
        return switch (channel) {
            case EVENTS -> Arrival.of(event(user, at, received.receivedAt()));
            case PROFILES -> Arrival.of(new ProfilePatch(user, at, Map.of(), null, null));
            case PRIVACY -> Arrival.of(new PrivacyRequest(user, at, false, List.of()));
            case RULES -> Arrival.of(new RuleRecord(user, "{}", at));
            case ACTIONS ->
                Arrival.of(new StaffAction(
                        "id", user, user + "/1", StaffAction.Kind.NOTE, "someone", at, null, null, null));
        };
    }

    static Event event(String user, Instant at, Instant receivedAt) {
        return new Event(
                user + at.toEpochMilli(), user, "page_view", at, null, null, null, null, null, List.of(), receivedAt);
    }

    private static Arrival refused(Received received) {
        return Arrival.of(new DeadLetter(
                DeadLetter.Reason.NOT_JSON,
                "",
                null,
                received.topic(),
                received.partition(),
                received.offset(),
                null,
                received.receivedAt(),
                "",
                null));
    }
}

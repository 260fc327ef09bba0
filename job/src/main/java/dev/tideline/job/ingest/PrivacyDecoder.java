package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes privacy requests. A record whose form holds but whose meaning does not is {@code BAD_PRIVACY_REQUEST}. A purpose
 * that is not named is not granted. A request from the future is refused, because it would silence every later one: one
 * can be no more than 5 minutes ahead of the wall clock, like an event.
 */
final class PrivacyDecoder {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private PrivacyDecoder() {}

    static PrivacyRequest decode(byte[] value, Instant receivedAt, StrictReader reader) throws RefusedException {
        Document document = Document.read(value, reader);
        try {
            return switch (document.string("type")) {
                case "consent" -> consent(document, receivedAt);
                case "erasure" -> erasure(document, receivedAt);
                default -> throw document.refusal(Reason.BAD_VALUE, "type", "must be consent or erasure");
            };
        } catch (RefusedException refused) {
            throw refused.as(Reason.BAD_PRIVACY_REQUEST);
        }
    }

    private static PrivacyRequest consent(Document document, Instant receivedAt) throws RefusedException {
        String user = document.uuid("user_id");
        Document purposes = document.object("purposes");
        List<Purpose> granted = new ArrayList<>();
        for (Purpose purpose : Purpose.values()) {
            if (purposes.flag(purpose.key())) {
                granted.add(purpose);
            }
        }
        return new PrivacyRequest(user, instant(document, "updated_at", receivedAt), false, granted);
    }

    private static PrivacyRequest erasure(Document document, Instant receivedAt) throws RefusedException {
        return new PrivacyRequest(
                document.uuid("user_id"), instant(document, "requested_at", receivedAt), true, List.of());
    }

    private static Instant instant(Document document, String name, Instant receivedAt) throws RefusedException {
        Instant at = document.timestamp(name);
        if (at.isAfter(receivedAt.plus(CLOCK_SKEW))) {
            throw document.refusal(Reason.FUTURE_TIMESTAMP, name, "lies more than 5 minutes ahead of the wall clock");
        }
        return at;
    }
}

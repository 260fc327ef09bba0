package dev.tideline.job.store;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.TextFact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the stories of this package's tests are about: Anna and Bert, in the autumn of 2026. */
final class Samples {
    static final String ANNA = "11111111-1111-4111-8111-111111111111";
    static final String BERT = "22222222-2222-4222-8222-222222222222";
    static final String GUIDE = "33333333-3333-4333-8333-333333333333";
    static final Instant BEGINNING = Instant.parse("2026-10-05T09:00:00.123456Z");
    static final TextFact SAD = new TextFact(
            "feedback",
            1,
            List.of(0.2, 0.5, 0.2, 0.1, 0.0),
            true,
            1,
            "none",
            "none",
            "unclear",
            false,
            "now",
            List.of(),
            0.4,
            "test");

    private Samples() {}

    static Instant hours(long later) {
        return BEGINNING.plus(Duration.ofHours(later));
    }

    static String id(int number) {
        return new UUID(0x4000L, 0x8000000000000000L + number).toString();
    }

    static String sealed(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Event event(int number, String user, String type, Instant at, @Nullable String context) {
        return new Event(id(number), user, type, at, null, context, null, null, null, List.of(), at);
    }

    static Event pageView(int number, String user, Instant at) {
        return event(number, user, "page_view", at, "{\"path\":\"/pricing\"}");
    }

    static Event feedback(int number, String user, Instant at) {
        String context = "{\"feedback_type\":\"rating\",\"rating\":2,\"content_id\":\"" + GUIDE + "\"}";
        return event(number, user, "feedback_given", at, context)
                .gated(List.of(), sealed("cipher"))
                .scored(SAD);
    }

    static Event comment(int number, String user, Instant at) {
        String context = "{\"interaction_type\":\"comment\",\"content_id\":\"" + GUIDE + "\"}";
        return event(number, user, "content_interaction", at, context).scored(SAD);
    }

    static SessionFact session(Instant start, Duration length, long events) {
        return new SessionFact(start, start.plus(length), events, 1, 0, 0.4, 0.3, 2, null, null, 0, 0);
    }

    static AlertMessage alert(
            String user, long revision, AlertMessage.Change change, Level level, AlertMessage.Status status) {
        Instant at = hours(revision);
        Signal signal = new Signal(
                user,
                "phq9_item9",
                1,
                "Item 9",
                "survey",
                level,
                at,
                at,
                new Signal.Evidence(List.of(id(1)), Map.of("survey.item9", 1.0), null, null),
                false,
                0);
        return new AlertMessage(
                "message-" + user + "-" + revision + "-" + change,
                change,
                user,
                user + "/1",
                at,
                revision,
                level,
                status,
                BEGINNING,
                at.plus(Duration.ofHours(24)),
                List.of(signal),
                revision,
                List.of(signal),
                "Item 9 of the PHQ-9 was above zero.",
                null,
                null);
    }

    static SegmentChange segmentChange(String user, long sequence, boolean entered) {
        return new SegmentChange(
                "change-" + user + "-" + sequence,
                user,
                "power-users",
                1,
                entered,
                hours(sequence),
                entered ? SegmentChange.Reason.EVENT : SegmentChange.Reason.EXPIRY,
                entered ? id(1) : null,
                sequence,
                BEGINNING,
                null);
    }
}

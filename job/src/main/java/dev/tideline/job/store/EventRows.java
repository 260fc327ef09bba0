package dev.tideline.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.TextFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scored event as rows. Pure. */
public final class EventRows {
    private static final String SHIPPED_RATING_MAXIMUM = "5";

    private EventRows() {}

    /**
     * The event itself, that its user was seen, and what the event says of content.
     *
     * @param event after scoring: with its ciphertext, without its text
     * @param takenAt where event time stood, if it had passed the event; null if it had not
     */
    public static List<StoreRow> of(Event event, @Nullable Instant takenAt) {
        boolean late = takenAt != null;
        List<StoreRow> rows = new ArrayList<>(4);
        rows.add(StoreRow.of(
                Table.BEHAVIORAL_EVENTS,
                event.user(),
                event.at().toString(),
                event.id(),
                event.type(),
                event.clientSession(),
                event.context(),
                event.sealedText(),
                Boolean.toString(late),
                event.arrivedAt().toString(),
                event.allows(Purpose.SEGMENTATION) ? Rows.text(takenAt) : Rows.NEVER));
        rows.add(StoreRow.of(
                Table.USER_SEEN, event.user(), event.at().toString(), event.at().toString()));
        if (event.type().equals("content_interaction")) {
            interaction(rows, event, RowJson.read(event.context()), late);
        } else if (event.type().equals("feedback_given")) {
            feedback(rows, event, RowJson.read(event.context()), late);
        }
        return rows;
    }

    private static void interaction(List<StoreRow> rows, Event event, JsonNode context, boolean late) {
        String content = value(context, "content_id");
        rows.add(StoreRow.of(
                Table.INTERACTIONS,
                event.user(),
                event.at().toString(),
                event.id(),
                content,
                value(context, "interaction_type"),
                sentiment(event.textFact()),
                sentimentScore(event.textFact()),
                Boolean.toString(late)));
        contentSeen(rows, event, content);
    }

    private static void feedback(List<StoreRow> rows, Event event, JsonNode context, boolean late) {
        String content = value(context, "content_id");
        String maximum = value(context, "rating_max");
        rows.add(StoreRow.of(
                Table.FEEDBACK,
                event.user(),
                event.at().toString(),
                event.id(),
                value(context, "feedback_type"),
                content,
                value(context, "rating"),
                maximum == null ? SHIPPED_RATING_MAXIMUM : maximum,
                sentiment(event.textFact()),
                sentimentScore(event.textFact()),
                Boolean.toString(late)));
        contentSeen(rows, event, content);
    }

    private static void contentSeen(List<StoreRow> rows, Event event, @Nullable String content) {
        if (content != null) {
            rows.add(StoreRow.of(
                    Table.CONTENT_SEEN,
                    content,
                    event.at().toString(),
                    event.at().toString()));
        }
    }

    private static @Nullable String value(JsonNode context, String field) {
        JsonNode value = context.path(field);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    private static @Nullable String sentiment(@Nullable TextFact text) {
        return text == null || text.sentiment() == null ? null : Integer.toString(text.sentiment());
    }

    /** The mean class under the five probabilities, 0 very negative … 4 very positive. */
    private static @Nullable String sentimentScore(@Nullable TextFact text) {
        if (text == null || text.p().isEmpty()) {
            return null;
        }
        double mean = 0;
        for (int sentiment = 0; sentiment < text.p().size(); sentiment++) {
            mean += sentiment * text.p().get(sentiment);
        }
        return Double.toString(mean);
    }
}

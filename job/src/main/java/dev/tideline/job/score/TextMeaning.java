package dev.tideline.job.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.nlp.TextScore;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.TextFact;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A score, put into the terms that rules are written in. */
final class TextMeaning {
    private static final double SHIPPED_RATING_MAXIMUM = 5;
    private static final int NOT_YET_IN_ORDER = -1;
    private static final JsonFactory JSON = new JsonFactory();

    private TextMeaning() {}

    static TextFact of(Event event, TextScore score) {
        return new TextFact(
                kind(event.type()),
                score.sentiment() == TextScore.NO_SENTIMENT ? null : score.sentiment(),
                score.probabilities(),
                score.assessed(),
                NOT_YET_IN_ORDER,
                score.crisis(),
                score.cue(),
                score.person(),
                score.negated(),
                score.time(),
                score.rules(),
                event.type().equals("feedback_given") ? rating(event.context()) : null,
                score.model());
    }

    private static String kind(String eventType) {
        return switch (eventType) {
            case "message_sent" -> "message";
            case "feedback_given" -> "feedback";
            case "emotion_logged" -> "note";
            case "content_interaction" -> "comment";
            default -> throw new IllegalStateException("an event type that has no text: " + eventType);
        };
    }

    /** The rating as a share of its maximum; null where there is none. */
    private static @Nullable Double rating(@Nullable String context) {
        if (context == null) {
            return null;
        }
        double rating = Double.NaN;
        double highest = SHIPPED_RATING_MAXIMUM;
        try (JsonParser parser = JSON.createParser(context)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean number = parser.nextToken().isNumeric();
                if (number && name.equals("rating")) {
                    rating = parser.getDoubleValue();
                } else if (number && name.equals("rating_max")) {
                    highest = parser.getDoubleValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException("a context that is not JSON came past the decoder");
        }
        return Double.isNaN(rating) ? null : rating / highest;
    }
}

package dev.tideline.job.session;

import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.trend.MoodScale;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session has come to so far. Immutable; {@link #NONE} is the empty one.
 *
 * @param startMillis of its first event, in milliseconds since 1970
 * @param endMillis of its last event
 * @param moodSum of the mood logs on 0…1
 * @param moodMin 1 while there is none
 * @param sentimentSum of the classes of the assessed texts
 * @param sentimentMin 4 while there is none
 */
public record SessionTotals(
        long startMillis,
        long endMillis,
        long events,
        long pageViews,
        long messages,
        long moodLogs,
        double moodSum,
        double moodMin,
        long assessedTexts,
        long sentimentSum,
        long sentimentMin,
        long negativeTexts,
        long crisisTexts) {
    /** Neutral when two are joined. */
    static final SessionTotals NONE =
            new SessionTotals(Long.MAX_VALUE, Long.MIN_VALUE, 0, 0, 0, 0, 0, 1, 0, 0, 4, 0, 0);

    private static final Set<String> NO_CRISIS = Set.of("none", "unknown");

    /** A session of one event. */
    static SessionTotals of(Event event) {
        long at = event.at().toEpochMilli();
        Double mood = event.type().equals("emotion_logged") ? MoodScale.level(event.context()) : null;
        TextFact text = event.textFact();
        Integer sentiment = text == null ? null : text.sentiment();
        return new SessionTotals(
                at,
                at,
                1,
                event.type().equals("page_view") ? 1 : 0,
                event.type().equals("message_sent") ? 1 : 0,
                mood == null ? 0 : 1,
                mood == null ? NONE.moodSum : mood,
                mood == null ? NONE.moodMin : mood,
                sentiment == null ? 0 : 1,
                sentiment == null ? NONE.sentimentSum : sentiment,
                sentiment == null ? NONE.sentimentMin : sentiment,
                text != null && text.negative() ? 1 : 0,
                text != null && !NO_CRISIS.contains(text.crisis()) ? 1 : 0);
    }

    /** Both in one. */
    SessionTotals with(SessionTotals other) {
        return new SessionTotals(
                Math.min(startMillis, other.startMillis),
                Math.max(endMillis, other.endMillis),
                events + other.events,
                pageViews + other.pageViews,
                messages + other.messages,
                moodLogs + other.moodLogs,
                moodSum + other.moodSum,
                Math.min(moodMin, other.moodMin),
                assessedTexts + other.assessedTexts,
                sentimentSum + other.sentimentSum,
                Math.min(sentimentMin, other.sentimentMin),
                negativeTexts + other.negativeTexts,
                crisisTexts + other.crisisTexts);
    }

    SessionFact toFact() {
        return new SessionFact(
                Instant.ofEpochMilli(startMillis),
                Instant.ofEpochMilli(endMillis),
                events,
                pageViews,
                messages,
                among(moodLogs, moodSum / moodLogs),
                among(moodLogs, moodMin),
                moodLogs,
                among(assessedTexts, (double) sentimentSum / assessedTexts),
                among(assessedTexts, (double) sentimentMin),
                negativeTexts,
                crisisTexts);
    }

    private static @Nullable Double among(long count, double figure) {
        return count == 0 ? null : figure;
    }
}

package dev.tideline.job.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.patterns.fact.SessionFact;

/** A session as a line of {@code sessions.jsonl}: the fields that rules see, {@code duration} in seconds. */
final class SessionLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SessionLine() {}

    static byte[] of(String user, SessionFact session) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("user_id", user);
        json.put("start", session.start().toString());
        json.put("end", session.end().toString());
        json.put("duration", session.duration().toMillis() / 1000.0);
        json.put("events", session.events());
        json.put("page_views", session.pageViews());
        json.put("messages", session.messages());
        json.put("mood_mean", session.moodMean());
        json.put("mood_min", session.moodMin());
        json.put("mood_logs", session.moodLogs());
        json.put("sentiment_mean", session.sentimentMean());
        json.put("sentiment_min", session.sentimentMin());
        json.put("negative_texts", session.negativeTexts());
        json.put("crisis_texts", session.crisisTexts());
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of our own cannot be written", e);
        }
    }
}

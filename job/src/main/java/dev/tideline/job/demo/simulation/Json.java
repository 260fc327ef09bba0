package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The JSON shapes that the platform writes besides profiles. Fields keep the order in which they are put. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String event(String id, String user, String type, Instant at, String session, ObjectNode context) {
        ObjectNode event = object();
        event.put("event_id", id);
        event.put("user_id", user);
        event.put("event_type", type);
        event.put("event_timestamp", at.toString());
        event.put("session_id", session);
        event.set("context", context);
        return event.toString();
    }

    static String consent(String user, Instant at, boolean risk, boolean segments, boolean texts) {
        ObjectNode consent = object();
        consent.put("type", "consent");
        consent.put("user_id", user);
        consent.putObject("purposes")
                .put("risk_detection", risk)
                .put("segmentation", segments)
                .put("text_analysis", texts);
        consent.put("updated_at", at.toString());
        return consent.toString();
    }

    static String erasure(String user, Instant at) {
        ObjectNode erasure = object();
        erasure.put("type", "erasure");
        erasure.put("user_id", user);
        erasure.put("requested_at", at.toString());
        return erasure.toString();
    }
}

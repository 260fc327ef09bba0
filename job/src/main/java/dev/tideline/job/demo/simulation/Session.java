package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One visit: what happens in it, seconds to minutes apart. For one thread. */
final class Session {
    private final String id;
    private final Chance chance;
    private final List<Happening> events = new ArrayList<>();
    private Instant now;

    Session(Instant start, Chance chance) {
        this.id = chance.uuid();
        this.chance = chance;
        this.now = start;
    }

    /** Something that the person does, and its context to be filled in; then some time passes. */
    ObjectNode add(String type) {
        ObjectNode context = Json.object();
        events.add(new Happening(type, now, id, context));
        now = now.plusMillis(chance.whole(4_000, 150_000));
        return context;
    }

    List<Happening> events() {
        return events;
    }

    /** An event without its identity. */
    record Happening(String type, Instant at, String session, ObjectNode context) {
        String json(String user, String eventId) {
            return Json.event(eventId, user, type, at, session, context);
        }
    }
}

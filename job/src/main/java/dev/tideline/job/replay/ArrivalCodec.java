package dev.tideline.job.replay;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Arrivals as bytes, so that a history is decoded once. What identifies a person and what staff noted is left out: in a replay
 * nobody may see it. For one thread.
 *
 * <p>An event's begins with its id, as the order of one instant asks for; equal bytes say the same.
 */
final class ArrivalCodec {
    private static final Purpose[] PURPOSES = Purpose.values();
    private static final StaffAction.Kind[] ACTIONS = StaffAction.Kind.values();

    private final BodyWriter out = new BodyWriter();
    private final BodyReader in = new BodyReader();

    byte[] write(Arrival arrival) {
        out.clear();
        switch (arrival.kind()) {
            case EVENT -> write(Objects.requireNonNull(arrival.event()));
            case PROFILE -> write(Objects.requireNonNull(arrival.profile()));
            case PRIVACY -> write(Objects.requireNonNull(arrival.privacy()));
            case ACTION -> write(Objects.requireNonNull(arrival.action()));
            default -> throw new IllegalArgumentException("no line of a history is " + arrival.kind());
        }
        return out.toBytes();
    }

    /** What the record says; not for what was refused, nor for rules. */
    Arrival read(HistoryRecord history) {
        in.open(history.body());
        Instant at = history.at();
        return switch (history.channel()) {
            case EVENTS -> Arrival.of(event(at));
            case PROFILES -> Arrival.of(profile(at));
            case PRIVACY -> Arrival.of(privacy(at));
            case ACTIONS -> Arrival.of(action(at));
            case RULES -> throw new IllegalArgumentException("rules are read from their lines");
        };
    }

    private void write(Event event) {
        out.uuid(event.id());
        out.uuid(event.user());
        out.text(event.type());
        out.optionalText(event.clientSession());
        out.optionalText(event.context());
        out.optionalText(event.text());
    }

    /** It arrived when it happened. */
    private Event event(Instant at) {
        return new Event(
                in.uuid(),
                in.uuid(),
                in.word(),
                at,
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                null,
                null,
                List.of(),
                at);
    }

    private void write(ProfilePatch profile) {
        out.uuid(profile.user());
        out.number(profile.fields().size());
        profile.fields().forEach((name, value) -> {
            out.text(name);
            out.text(value);
        });
    }

    private ProfilePatch profile(Instant at) {
        String user = in.uuid();
        Map<String, String> fields = new LinkedHashMap<>();
        for (int left = in.number(); left > 0; left--) {
            fields.put(in.text(), in.text());
        }
        return new ProfilePatch(user, at, fields, null, null);
    }

    private void write(PrivacyRequest request) {
        out.uuid(request.user());
        int granted = 0;
        for (Purpose purpose : request.granted()) {
            granted |= 1 << purpose.ordinal();
        }
        out.number(request.erasure() ? 1 : 0);
        out.number(granted);
    }

    private PrivacyRequest privacy(Instant at) {
        String user = in.uuid();
        boolean erasure = in.number() == 1;
        int bits = in.number();
        List<Purpose> granted = new ArrayList<>();
        for (Purpose purpose : PURPOSES) {
            if ((bits & 1 << purpose.ordinal()) != 0) {
                granted.add(purpose);
            }
        }
        return new PrivacyRequest(user, at, erasure, granted);
    }

    private void write(StaffAction action) {
        out.uuid(action.id());
        out.uuid(action.user());
        out.text(action.alertId());
        out.number(action.kind().ordinal());
        out.text(action.by());
        out.optionalText(action.outcome());
    }

    private StaffAction action(Instant at) {
        String id = in.uuid();
        String user = in.uuid();
        String alert = in.text();
        StaffAction.Kind kind = ACTIONS[in.number()];
        return new StaffAction(id, user, alert, kind, in.text(), at, in.optionalText(), null, null);
    }
}

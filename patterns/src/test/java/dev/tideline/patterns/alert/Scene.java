package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One user at the alert desk. Times are days and hours from a Monday at midnight. Everything told is kept. */
final class Scene {
    static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    static final String USER = "11111111-1111-4111-8111-111111111111";

    final AlertDesk desk;
    final List<AlertMessage> told = new ArrayList<>();
    AlertState state = new AlertState(USER);
    private int actions;

    Scene() {
        this(new AlertDesk(null, null));
    }

    Scene(AlertDesk desk) {
        this.desk = desk;
    }

    static Instant at(int day, int hour) {
        return MONDAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour));
    }

    static Signal mood(Level level, Instant at) {
        return signal("mood_ewma_decline", "mood", level, at);
    }

    static Signal feedback(Instant at) {
        return signal("negative_feedback", "feedback", Level.AMBER, at);
    }

    /** As the catalogue has it: AMBER stays quiet for 7 days, RED for 24 hours, CRISIS never. */
    static Signal signal(String pattern, String family, Level level, Instant at) {
        Duration cooldown = switch (level) {
            case AMBER -> Duration.ofDays(7);
            case RED -> Duration.ofHours(24);
            case CRISIS -> Duration.ZERO;
        };
        return signal(pattern, family, level, at, at, false, cooldown);
    }

    static Signal supporting(Instant at) {
        return signal("mood_instability", "mood", Level.AMBER, at, at, true, Duration.ofDays(7));
    }

    static Signal arriving(Signal signal, Instant arrivedAt) {
        return signal(
                signal.pattern(),
                signal.family(),
                signal.level(),
                signal.at(),
                arrivedAt,
                signal.supporting(),
                Duration.ofMillis(signal.cooldownMillis()));
    }

    private static Signal signal(
            String pattern,
            String family,
            Level level,
            Instant at,
            Instant arrivedAt,
            boolean supporting,
            Duration cooldown) {
        Signal.Evidence evidence = new Signal.Evidence(List.of(pattern + "@" + at), Map.of("value", 0.125), 0.2, null);
        return new Signal(
                USER,
                pattern,
                1,
                "Pattern " + pattern,
                family,
                level,
                at,
                arrivedAt,
                evidence,
                supporting,
                cooldown.toMillis());
    }

    /** Advances, then applies, as the ordered lane does; and the state is written and read in between. */
    List<AlertMessage> inOrder(Signal signal) {
        advance(signal.at());
        return arrives(signal);
    }

    List<AlertMessage> arrives(Signal signal) {
        return keep(desk.signal(state, signal));
    }

    List<AlertMessage> advance(Instant through) {
        state = AlertState.fromBytes(USER, state.toBytes());
        return keep(desk.advance(state, through.toEpochMilli()));
    }

    ActionOutcome staff(StaffAction.Kind kind, Instant at) {
        return staff(kind, USER + "/" + state.count, at, null);
    }

    ActionOutcome staff(
            StaffAction.Kind kind, String alertId, Instant at, @org.jspecify.annotations.Nullable String outcome) {
        actions++;
        return staff(new StaffAction("action-" + actions, USER, alertId, kind, "sam", at, outcome, null, null));
    }

    ActionOutcome staff(StaffAction action) {
        ActionOutcome outcome = desk.action(state, action);
        keep(outcome.messages());
        return outcome;
    }

    List<AlertMessage> keep(List<AlertMessage> messages) {
        told.addAll(messages);
        return messages;
    }

    /** What was told, as {@code OPENED AMBER}. */
    List<String> story() {
        return told.stream()
                .map(message -> message.change() + " " + message.level())
                .toList();
    }

    AlertMessage last() {
        return told.get(told.size() - 1);
    }
}

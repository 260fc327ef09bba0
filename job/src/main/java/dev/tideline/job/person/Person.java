package dev.tideline.job.person;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.SegmentChanges;
import dev.tideline.patterns.segment.SegmentInstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One user, taken out of state for as long as something happens to them: facts, detection, alerts and segments in a straight
 * line.
 *
 * <p>Advance, then apply: {@link #runTo} goes from instant to instant, whether an arrival bears it or something falls due at
 * it, and at each lets fall due first what is due. {@link #onArrival} serves what cannot wait for its place in order.
 */
final class Person {
    private final String user;
    private final Rulebook rules;
    private final PersonOptions options;
    private final Telling telling;
    private final Timeline timeline;
    private final Facts facts;
    private final Detection detection;
    private final Alerts alerts;
    private final Segments segments;
    private ProfileState profileState;
    private UserProfile profile;
    private Standing standing;

    Person(String user, Rulebook rules, PersonOptions options, PersonState state, Telling telling) {
        this.user = user;
        this.rules = rules;
        this.options = options;
        this.telling = telling;
        timeline = new Timeline(state.waiting());
        facts = new Facts(state.history());
        detection = new Detection(rules, state.sequences());
        alerts = new Alerts(user, rules.desk(), state.alerts());
        segments = new Segments(user, rules, state.segments());
        profileState = state.profile();
        profile = Profiles.view(profileState);
        standing = state.standing();
    }

    /** What has to be kept of the user. */
    PersonState state() {
        return new PersonState(
                timeline.rest(),
                timeline.moved(),
                facts.history(),
                detection.state(),
                alerts.bytes(),
                segments.bytes(),
                profileState,
                standing);
    }

    /** The earliest instant at which something happens to the user next; {@link Long#MAX_VALUE} if nothing is in sight. */
    long nextDue() {
        long due = timeline.earliest();
        due = Math.min(due, orNever(detection.nextDue()));
        due = Math.min(due, orNever(alerts.nextDue()));
        due = Math.min(due, orNever(segments.nextDue()));
        for (Standing.Risk risk : standing.risks()) {
            due = Math.min(due, Math.max(risk.at(), standing.place()));
        }
        return due;
    }

    /** Lets everything happen, in order, up to and at the instant. */
    void runTo(long horizon) {
        for (long instant = nextDue(); instant <= horizon; instant = nextDue()) {
            happen(Math.max(instant, standing.place()), timeline.take(instant), false);
        }
        standing = standing.at(horizon);
    }

    /** Takes an arrival that event time has passed already, where the user is now. */
    void late(Arrival arrival, long now) {
        runTo(now);
        happen(now, List.of(arrival), true);
    }

    private SegmentInstant open(long instant) {
        boolean rulesChanged = standing.revision() != rules.revision();
        standing = standing.under(rules.revision());
        return rulesChanged && segments.exists() ? segments.adopt(profile, instant) : segments.open(instant);
    }

    private void happen(long instant, List<Arrival> arrivals, boolean late) {
        SegmentInstant turn = open(instant);
        tell(alerts.advance(instant), turn, instant);
        for (Detection.Finding finding : detection.advance(instant, profile)) {
            found(finding, turn, instant, null);
        }
        applyRisks(turn, instant);
        for (Arrival arrival : arrivals) {
            turn = take(arrival, turn, instant, late);
        }
        settle(turn);
        standing = standing.at(instant);
    }

    private SegmentInstant take(Arrival arrival, SegmentInstant turn, long instant, boolean late) {
        switch (arrival.kind()) {
            case PROFILE -> profile(Objects.requireNonNull(arrival.profile()), turn);
            case SESSION -> session(arrival, turn, instant);
            case EVENT -> event(Objects.requireNonNull(arrival.event()), turn, instant, late);
            case ACTION -> act(Objects.requireNonNull(arrival.action()), turn, instant);
            case PRIVACY -> {
                settle(turn);
                privacy(Objects.requireNonNull(arrival.privacy()), instant);
                return open(instant);
            }
            case RULE, REFUSED -> throw new IllegalStateException(arrival.kind() + " has no user");
        }
        return turn;
    }

    private void profile(ProfilePatch patch, SegmentInstant turn) {
        if (patch.at().toEpochMilli() < standing.erasedAt()) {
            return;
        }
        profileState = Profiles.apply(profileState, patch);
        profile = Profiles.view(profileState);
        if (allows(Purpose.SEGMENTATION)) {
            turn.takeProfile(profile);
        }
    }

    private void session(Arrival arrival, SegmentInstant turn, long instant) {
        SessionFact session = Objects.requireNonNull(arrival.session());
        if (session.start().toEpochMilli() < standing.erasedAt()) {
            return;
        }
        take(Fact.ofSession(user, arrival.at(), session, false), turn, instant, allowed());
    }

    private void event(Event event, SegmentInstant turn, long instant, boolean late) {
        long at = event.at().toEpochMilli();
        if (at < standing.erasedAt()) {
            return;
        }
        List<Purpose> purposes = new ArrayList<>(event.allowed());
        purposes.retainAll(allowed());
        // What is late was judged on arrival already, and has no place in sequences that time has passed.
        for (Fact fact : late ? Facts.alone(event, true) : facts.of(event, false)) {
            take(fact, turn, instant, purposes);
        }
    }

    private void take(Fact fact, SegmentInstant turn, long instant, List<Purpose> purposes) {
        if (Fact.Derived.NAMES.contains(fact.kind())) {
            telling.fact(fact);
        }
        if (purposes.contains(Purpose.RISK_DETECTION) && !fact.late()) {
            for (Detection.Finding finding : detection.accept(fact, profile)) {
                found(finding, turn, instant, fact);
            }
        }
        if (purposes.contains(Purpose.SEGMENTATION)) {
            turn.take(fact, profile);
        }
    }

    private void found(Detection.Finding finding, SegmentInstant turn, long instant, @Nullable Fact fact) {
        Sequence sequence = rules.segmentSequence(finding.match().key());
        if (sequence != null) {
            turn.takeMatch(sequence, finding.match().first().millis(), fact == null ? null : fact.id());
        }
        Signal signal = finding.signal();
        if (signal != null
                && finding.pattern() != null
                && !finding.pattern().header().shadow()) {
            tell(alerts.signal(signal), turn, instant);
        }
    }

    private void act(StaffAction action, SegmentInstant turn, long instant) {
        tell(alerts.action(action, telling), turn, instant);
    }

    private void tell(List<AlertMessage> messages, SegmentInstant turn, long instant) {
        if (messages.isEmpty()) {
            return;
        }
        messages.forEach(telling::alert);
        if (allows(Purpose.SEGMENTATION)) {
            turn.takeRisk(alerts.openLevel());
        }
    }

    private void applyRisks(SegmentInstant turn, long instant) {
        List<Standing.Risk> risks = standing.risks();
        while (!risks.isEmpty() && risks.get(0).at() <= instant) {
            Level level = risks.remove(0).level();
            if (allows(Purpose.SEGMENTATION)) {
                turn.takeRisk(level);
            }
        }
    }

    private void settle(SegmentInstant turn) {
        tell(turn.settle());
    }

    private void tell(SegmentChanges changes) {
        changes.live().forEach(telling::change);
    }

    /**
     * The immediate patterns, judged before the event's place in order is known.
     *
     * @param place up to which event time has come
     */
    void onArrival(Event event, boolean late, long place) {
        if (!event.allows(Purpose.RISK_DETECTION) || !allows(Purpose.RISK_DETECTION)) {
            return;
        }
        for (Fact fact : Facts.alone(event, late)) {
            for (Signal signal : Detection.onArrival(rules, fact, profile)) {
                tellAhead(alerts.signal(signal), place);
            }
        }
    }

    /** A staff action counts when it arrives. */
    void onArrival(StaffAction action, long place) {
        tellAhead(alerts.action(action, telling), place);
    }

    /** Consent and erasure take effect when they arrive. */
    void onArrival(PrivacyRequest request, long place) {
        privacy(request, Math.max(place, request.at().toEpochMilli()));
    }

    /** Tells alerts now, and lets segments see them at the later of their time and the user's place. */
    private void tellAhead(List<AlertMessage> messages, long place) {
        for (AlertMessage message : messages) {
            telling.alert(message);
            long at = Math.max(message.at().toEpochMilli(), place);
            standing.risks().add(new Standing.Risk(at, alerts.openLevel()));
            standing.risks().sort(Comparator.comparingLong(Standing.Risk::at));
        }
    }

    private void privacy(PrivacyRequest request, long instant) {
        Instant at = Instant.ofEpochMilli(instant);
        if (request.erasure()) {
            close(SegmentChange.Reason.ERASURE, at, true, true);
            forget(request.at().toEpochMilli() + 1);
            return;
        }
        boolean endsRisk = allows(Purpose.RISK_DETECTION) && !request.granted().contains(Purpose.RISK_DETECTION);
        boolean endsSegments =
                allows(Purpose.SEGMENTATION) && !request.granted().contains(Purpose.SEGMENTATION);
        boolean beginsSegments =
                !allows(Purpose.SEGMENTATION) && request.granted().contains(Purpose.SEGMENTATION);
        close(SegmentChange.Reason.CONSENT, at, endsRisk, endsSegments);
        standing = standing.allowing(request.granted());
        if (beginsSegments && !profileState.values().isEmpty()) {
            SegmentInstant turn = open(instant);
            turn.takeProfile(profile);
            turn.takeRisk(alerts.openLevel());
            settle(turn);
        }
    }

    private void close(SegmentChange.Reason reason, Instant at, boolean risk, boolean segmentation) {
        if (risk) {
            alerts.close(reason, at).forEach(telling::alert);
            detection.forget();
        }
        if (segmentation) {
            tell(segments.close(at.toEpochMilli(), reason));
        }
    }

    private void forget(long before) {
        facts.forget();
        alerts.forget();
        segments.forget();
        profileState = ProfileState.empty();
        profile = Profiles.view(profileState);
        standing = standing.erased(before);
    }

    private boolean allows(Purpose purpose) {
        return allowed().contains(purpose);
    }

    private List<Purpose> allowed() {
        return standing.allowed() == null ? options.allowedByDefault() : standing.allowed();
    }

    private static long orNever(OptionalLong due) {
        return due.isPresent() ? due.getAsLong() : Long.MAX_VALUE;
    }
}

package dev.tideline.job.person;

import dev.tideline.patterns.alert.ActionOutcome;
import dev.tideline.patterns.alert.AlertDesk;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.ProfilePatch;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.Recalled;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.segment.SegmentChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One user, taken out of state for as long as something happens to them: facts, detection, alerts and segments in a straight
 * line.
 *
 * <p>Advance, then apply: {@link #runTo} goes from instant to instant, whether an arrival bears it, something falls due at it
 * or other rules are in force from it on, and at each lets fall due first what is due. {@link #onArrival} serves what cannot
 * wait for its place in order.
 *
 * <p>At each instant the rules of that instant hold. A user who was not touched since rules changed goes through the changes
 * one after the other, as far back as they are kept; what came before is taken up where they begin. A rule that comes when
 * the user's place is past its instant takes effect at that place.
 */
final class Person {
    private final String user;
    private final Rulebook rules;
    private final PersonOptions options;
    private final PersonSlots slots;
    private final Telling telling;
    private final Timeline timeline;
    private final Facts facts;
    private final Profile profile;
    private final Detection detection;
    private final Alerts alerts;
    private final ShadowAlerts shadow;
    private final CatchUp catchUp;
    private final Segments segments;
    private Epoch epoch;
    private Standing standing;

    Person(String user, Rulebook rules, PersonOptions options, PersonSlots slots, Telling telling) {
        this.user = user;
        this.rules = rules;
        this.options = options;
        this.slots = slots;
        this.telling = telling;
        Standing known = slots.standing().get();
        standing = known == null ? Standing.begin() : known;
        epoch = rules.epochs().at(standing.place());
        timeline = new Timeline(slots.waiting());
        facts = new Facts(slots.history());
        profile = new Profile(slots.profile());
        detection = new Detection(rules, slots.sequences(), standing, telling, profile::view);
        alerts = new Alerts(user, slots.alerts(), standing, epoch.desk());
        shadow = new ShadowAlerts(user, slots.shadow(), standing, telling, epoch.shadow());
        catchUp = new CatchUp(user, rules, slots, standing.retold());
        segments = new Segments(user, slots.segments(), standing, epoch.segments(), catchUp);
    }

    /** Puts back into state whatever changed. */
    void save() throws Exception {
        Standing.Due due =
                new Standing.Due(detection.nextDue(), alerts.nextDue(), shadow.nextDue(), segments.nextDue());
        slots.standing().set(standing.waiting(segments.exists(), segments.since(), catchUp.isOn(), due));
        timeline.save();
        detection.save();
        alerts.save();
        shadow.save();
        segments.save();
        catchUp.save();
        slots.save();
    }

    String user() {
        return user;
    }

    /** Whether {@link #stands} may say something else than when the user was taken out of state. */
    boolean hasMoved() {
        return segments.hasMoved();
    }

    /** Where the user stands with segments that are tried out. */
    List<Trials.Stand> stands() {
        return segments.stands();
    }

    /**
     * When the user has to be looked at next, if nothing comes before; {@link Long#MAX_VALUE} if never. What was not looked at
     * among what waits has a timer from when it came, and rules that are still to come wake nobody.
     */
    long wakeAt() {
        return Math.min(timeline.earliestSeen(), due());
    }

    private long due() {
        long due = Math.min(detection.nextDue(), alerts.nextDue());
        due = Math.min(due, Math.min(shadow.nextDue(), segments.nextDue()));
        for (Standing.Risk risk : standing.risks()) {
            due = Math.min(due, Math.max(risk.at(), standing.place()));
        }
        return due;
    }

    /**
     * Lets everything happen, in order, up to and at the instant. {@link Long#MAX_VALUE} is no instant but the end of the
     * input: what waits is taken in, and time goes no further.
     */
    void runTo(long horizon) {
        long last = horizon == Long.MAX_VALUE ? Math.max(timeline.latest(), standing.place()) : horizon;
        for (long instant = next(); instant <= last && instant < Long.MAX_VALUE; instant = next()) {
            happen(Math.max(instant, standing.place()), timeline.take(instant), false);
        }
        standing = standing.at(last);
    }

    private long next() {
        return Math.min(Math.min(timeline.earliest(), due()), rulesDue());
    }

    /** The next instant at which the user comes under other rules. */
    private long rulesDue() {
        if (standing.place() == Long.MIN_VALUE) {
            return Long.MAX_VALUE;
        }
        if (standing.place() < rules.epochs().begin()) {
            return rules.epochs().begin();
        }
        return isUnder(epoch) && !catchUp.isBehind() ? rules.epochs().after(standing.place()) : standing.place();
    }

    /** Whether other rules hold at the instant than those that the user has come under. */
    boolean isBehind(long instant) {
        return rulesDue() <= instant;
    }

    /** Whether the user has come under these rules already. */
    private boolean isUnder(Epoch rulesInForce) {
        return standing.rules() == rulesInForce.fingerprint();
    }

    /** Takes an arrival that event time has passed already, where the user is now. */
    void late(Arrival arrival, long now) {
        runTo(now);
        happen(now, List.of(arrival), true);
    }

    private void happen(long instant, List<Arrival> arrivals, boolean late) {
        comeTo(instant);
        tell(alerts.advance(instant));
        shadow.advance(instant);
        for (Detection.Finding finding : detection.advance(instant)) {
            found(finding, null);
        }
        applyRisks(instant);
        for (Arrival arrival : arrivals) {
            take(arrival, instant, late);
        }
        tell(segments.settle());
        standing = standing.happened(instant);
    }

    /** What history says comes in. */
    void recalled(Recalled recalled, long now) {
        if (standing.place() == Long.MIN_VALUE && rules.waitingSince() <= now) {
            happen(rules.waitingSince(), List.of(), false);
        }
        runTo(now);
        if (catchUp.isOn()) {
            catchUp.take(recalled);
        }
    }

    /** History has come for segments that waited: tells what came of them, and goes on from there. */
    private void fill() {
        CatchUp.Filled filled = segments.fill(standing.place(), mayBeRecalled() && allows(Purpose.SEGMENTATION));
        detection.takeOver(filled.sequences());
        tell(filled.retold().changes());
        filled.counted().forEach(rule -> telling.counted(rule.header().key(), rule.version(), "not told one by one"));
        standing = standing.under(0);
    }

    /** Whether consent never ended, and nothing was erased. */
    private boolean mayBeRecalled() {
        return standing.allowed() == null && standing.erasedAt() == Long.MIN_VALUE;
    }

    private void comeTo(long instant) {
        if (catchUp.isBehind()) {
            fill();
        }
        Epoch next = rules.epochs().at(instant);
        boolean known = isUnder(epoch);
        if (known && isUnder(next)) {
            epoch = next;
            segments.begin(instant);
            return;
        }
        if (!known || epoch.policy() != next.policy()) {
            alerts.under(next.desk(), instant);
            shadow.under(next.shadow(), instant);
        }
        if (!known || epoch.segments() != next.segments()) {
            segments.begin(instant, next.segments(), known, profile::view, mayBeRecalled());
        } else {
            segments.begin(instant);
        }
        epoch = next;
        standing = standing.under(next.fingerprint());
    }

    private void take(Arrival arrival, long instant, boolean late) {
        switch (arrival.kind()) {
            case PROFILE -> profile(Objects.requireNonNull(arrival.profile()));
            case SESSION -> session(arrival);
            case EVENT -> event(Objects.requireNonNull(arrival.event()), late);
            case ACTION -> tell(act(Objects.requireNonNull(arrival.action()), epoch.desk()));
            case PRIVACY -> {
                tell(segments.settle());
                privacy(Objects.requireNonNull(arrival.privacy()), instant);
                segments.begin(instant);
            }
            case RULE, REFUSED, RECALLED ->
                throw new IllegalStateException(arrival.kind() + " has no place in a user's order");
        }
    }

    private void profile(ProfilePatch patch) {
        if (patch.at().toEpochMilli() < standing.erasedAt()) {
            return;
        }
        profile.take(patch);
        if (allows(Purpose.SEGMENTATION)) {
            segments.takeProfile(profile.view());
        } else {
            segments.look(profile.view());
        }
    }

    private void session(Arrival arrival) {
        SessionFact session = Objects.requireNonNull(arrival.session());
        if (session.start().toEpochMilli() < standing.erasedAt()) {
            return;
        }
        take(Fact.ofSession(user, arrival.at(), session, false), allowed());
    }

    private void event(Event event, boolean late) {
        long at = event.at().toEpochMilli();
        if (at < standing.erasedAt()) {
            return;
        }
        List<Purpose> purposes = new ArrayList<>(event.allowed());
        purposes.retainAll(allowed());
        // What is late was judged on arrival already, and has no place in sequences that time has passed.
        for (Fact fact : late ? Facts.alone(event, true) : facts.of(event, false)) {
            take(fact, purposes);
        }
    }

    private void take(Fact fact, List<Purpose> purposes) {
        if (Fact.Derived.NAMES.contains(fact.kind())) {
            telling.fact(fact, purposes.contains(Purpose.SEGMENTATION));
        }
        if (purposes.contains(Purpose.RISK_DETECTION) && !fact.late()) {
            for (Detection.Finding finding : detection.accept(fact)) {
                found(finding, fact);
            }
        }
        boolean inOrder = purposes.contains(Purpose.RISK_DETECTION) && !fact.late();
        if (purposes.contains(Purpose.SEGMENTATION)) {
            segments.take(fact, profile::view, inOrder);
        } else if (inOrder) {
            segments.look(fact);
        }
    }

    private void found(Detection.Finding finding, @Nullable Fact fact) {
        Sequence sequence = rules.segmentSequences().of(finding.match());
        if (sequence != null && allows(Purpose.SEGMENTATION)) {
            segments.takeMatch(sequence, finding.match().first().millis(), fact == null ? null : fact.eventId());
        }
        tell(judged(finding, epoch.desk()));
    }

    /** What a finding does to the user's alerts; one of a rule that is only tried out is counted. */
    private List<AlertMessage> judged(Detection.Finding finding, AlertDesk desk) {
        Signal signal = finding.signal();
        PatternRule pattern = finding.pattern();
        if (signal == null || pattern == null) {
            return List.of();
        }
        if (pattern.header().shadow()) {
            telling.counted(pattern.header().key(), pattern.version(), "signal " + signal.level());
            return List.of();
        }
        shadow.signal(signal);
        return alerts.signal(signal, desk);
    }

    private List<AlertMessage> act(StaffAction action, AlertDesk desk) {
        ActionOutcome outcome = alerts.action(action, desk);
        if (outcome.refusal() != null) {
            telling.refused(action, outcome.refusal());
        }
        if (outcome.kind() == ActionOutcome.Kind.APPLIED) {
            shadow.action(action);
        }
        return outcome.messages();
    }

    private void tell(List<AlertMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        messages.forEach(telling::alert);
        if (allows(Purpose.SEGMENTATION)) {
            segments.takeRisk(alerts.openLevel());
        }
    }

    private void applyRisks(long instant) {
        List<Standing.Risk> ahead = standing.risks();
        if (ahead.isEmpty() || ahead.get(0).at() > instant) {
            return;
        }
        List<Standing.Risk> left = new ArrayList<>(ahead);
        while (!left.isEmpty() && left.get(0).at() <= instant) {
            Level level = left.remove(0).level();
            if (allows(Purpose.SEGMENTATION)) {
                segments.takeRisk(level);
            }
        }
        standing = standing.with(left);
    }

    private void tell(SegmentChanges changes) {
        changes.live().forEach(telling::change);
        for (SegmentChange change : changes.shadow()) {
            telling.counted("segment/" + change.segment(), change.version(), change.entered() ? "entered" : "exited");
        }
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
        AlertDesk desk = rules.epochs().at(event.at().toEpochMilli()).desk();
        for (Fact fact : Facts.alone(event, late)) {
            for (Detection.Finding finding : Detection.onArrival(rules, fact, profile::view)) {
                tellAhead(judged(finding, desk), place);
            }
        }
    }

    /** A staff action counts when it arrives. */
    void onArrival(StaffAction action, long place) {
        tellAhead(act(action, rules.epochs().at(action.at().toEpochMilli()).desk()), place);
    }

    /** Consent and erasure take effect when they arrive. */
    void onArrival(PrivacyRequest request, long place) {
        runTo(place);
        privacy(request, Math.max(place, request.at().toEpochMilli()));
    }

    /** Tells alerts now, and lets segments see them at the later of their time and the user's place. */
    private void tellAhead(List<AlertMessage> messages, long place) {
        if (messages.isEmpty()) {
            return;
        }
        List<Standing.Risk> ahead = new ArrayList<>(standing.risks());
        for (AlertMessage message : messages) {
            telling.alert(message);
            long at = Math.max(message.at().toEpochMilli(), place);
            ahead.add(new Standing.Risk(at, alerts.openLevel()));
        }
        ahead.sort(Comparator.comparingLong(Standing.Risk::at));
        standing = standing.with(ahead);
    }

    private void privacy(PrivacyRequest request, long instant) {
        Instant at = Instant.ofEpochMilli(instant);
        if (request.erasure()) {
            close(SegmentChange.Reason.ERASURE, at, true, true);
            forget(request.at().toEpochMilli() + 1, instant);
            return;
        }
        boolean endsRisk = allows(Purpose.RISK_DETECTION) && !request.granted().contains(Purpose.RISK_DETECTION);
        boolean endsSegments =
                allows(Purpose.SEGMENTATION) && !request.granted().contains(Purpose.SEGMENTATION);
        boolean beginsSegments =
                !allows(Purpose.SEGMENTATION) && request.granted().contains(Purpose.SEGMENTATION);
        close(SegmentChange.Reason.CONSENT, at, endsRisk, endsSegments);
        standing = standing.allowing(request.granted());
        if (beginsSegments && !profile.isEmpty()) {
            segments.begin(instant);
            segments.takeProfile(profile.view());
            segments.knownSince(Math.min(instant, standing.place()));
            segments.takeRisk(alerts.openLevel());
            tell(segments.settle());
        }
    }

    private void close(SegmentChange.Reason reason, Instant at, boolean risk, boolean segmentation) {
        if (risk) {
            alerts.close(reason, at).forEach(telling::alert);
            shadow.close(at, reason.name().toLowerCase(Locale.ROOT));
            detection.forget();
            segments.giveUp();
        }
        if (segmentation) {
            tell(segments.close(at.toEpochMilli(), reason));
        }
    }

    private void forget(long before, long instant) {
        facts.forget();
        alerts.forget();
        shadow.forget();
        segments.forget(instant);
        profile.forget();
        standing = standing.erased(before);
    }

    private boolean allows(Purpose purpose) {
        return allowed().contains(purpose);
    }

    private List<Purpose> allowed() {
        return standing.allowed() == null ? options.allowedByDefault() : standing.allowed();
    }
}

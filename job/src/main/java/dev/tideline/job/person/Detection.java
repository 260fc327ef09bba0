package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patterns in one user's facts and says at which level they are signals.
 *
 * <p>Owns: partial matches, bounded by the matcher · Lifecycle: each goes when its window has passed or its rule has gone ·
 * Never: a decision about alerts.
 */
final class Detection {
    /** A pattern's signal, or a match that a segment asked for. */
    record Finding(@Nullable Signal signal, @Nullable PatternRule pattern, Match match) {}

    private final Rulebook rules;
    private final Slot<SequenceState> slot;
    private final Standing standing;
    private final Telling telling;
    private final Supplier<UserProfile> user;
    private @Nullable SequenceState state;

    Detection(
            Rulebook rules, Slot<SequenceState> slot, Standing standing, Telling telling, Supplier<UserProfile> user) {
        this.rules = rules;
        this.slot = slot;
        this.standing = standing;
        this.telling = telling;
        this.user = user;
    }

    private SequenceState state() {
        if (state == null) {
            SequenceState known = slot.get();
            state = known == null ? new SequenceState() : known;
        }
        return state;
    }

    /** Takes in what was found apart, in the user's past. */
    void takeOver(List<SequenceState> found) {
        found.forEach(state()::takeOver);
    }

    void forget() {
        state = new SequenceState();
    }

    /** What time alone completes up to and at the instant. */
    List<Finding> advance(long instant) {
        return nextDue() > instant ? List.of() : findings(rules.matcher().advance(state(), instant));
    }

    /** What the next fact in order completes. */
    List<Finding> accept(Fact fact) {
        boolean concerns = rules.matcher().watches(fact.kind());
        return concerns ? findings(rules.matcher().accept(state(), fact, user.get())) : List.of();
    }

    long nextDue() {
        return state == null
                ? standing.due().sequences()
                : rules.matcher().nextDue(state).orElse(Long.MAX_VALUE);
    }

    void save() {
        if (state != null) {
            slot.set(state.isEmpty() ? null : state);
        }
    }

    /** What immediate patterns find in the fact by itself, before its place in order. */
    static List<Finding> onArrival(Rulebook rules, Fact fact, Supplier<UserProfile> user) {
        List<Finding> findings = new ArrayList<>();
        for (PatternRule pattern : rules.immediate(fact.kind(), fact.millis(), fact.late())) {
            Sequence.Step step = pattern.sequence().steps().get(0);
            if (step.where() == null || step.where().test(Scope.of(fact, user.get()))) {
                Match match = new Match(
                        pattern.header().key(),
                        pattern.version(),
                        Instant.ofEpochMilli(fact.millis()),
                        Map.of(step.name(), List.of(fact)));
                findings.add(new Finding(signal(pattern, match, user.get()), pattern, match));
            }
        }
        return findings;
    }

    private List<Finding> findings(Outcome outcome) {
        if (outcome == Outcome.NOTHING) {
            return List.of();
        }
        outcome.losses().forEach(this::lost);
        List<Finding> findings = new ArrayList<>();
        for (Match match : outcome.matches()) {
            PatternRule pattern =
                    rules.pattern(match.key(), match.version(), match.at().toEpochMilli());
            findings.add(new Finding(pattern == null ? null : signal(pattern, match, user.get()), pattern, match));
        }
        return findings;
    }

    private void lost(Outcome.Loss loss) {
        boolean broken = loss.reason() == Outcome.Reason.BROKEN;
        List<SegmentRule> askers = rules.segmentSequences().askers(loss.key());
        for (SegmentRule segment : askers) {
            telling.stopped(segment.header().key(), segment.version(), broken);
        }
        if (askers.isEmpty()) {
            telling.stopped(loss.key(), loss.version(), broken);
        }
    }

    private static Signal signal(PatternRule pattern, Match match, UserProfile user) {
        Fact last = match.last();
        return new Signal(
                last.user(),
                pattern.id(),
                pattern.version(),
                pattern.header().name(),
                pattern.family(),
                level(pattern, match.scope(user)),
                match.at(),
                last.arrivedAt().isAfter(match.at()) ? last.arrivedAt() : match.at(),
                EvidenceOf.match(match.steps()),
                pattern.supporting(),
                pattern.cooldownMillis());
    }

    private static Level level(PatternRule pattern, Scope scope) {
        for (PatternRule.Raise raise : pattern.raise()) {
            Predicate when = raise.when();
            if (when.test(scope)) {
                return raise.to();
            }
        }
        return pattern.level();
    }
}

package dev.tideline.job.person;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.Sequence;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
    private SequenceState state;

    Detection(Rulebook rules, SequenceState state) {
        this.rules = rules;
        this.state = state;
    }

    SequenceState state() {
        return state;
    }

    void forget() {
        state = new SequenceState();
    }

    /** What time alone completes up to and at the instant. */
    List<Finding> advance(long instant, UserProfile user) {
        return findings(rules.matcher().advance(state, instant), user);
    }

    /** What the next fact in order completes. */
    List<Finding> accept(Fact fact, UserProfile user) {
        return findings(rules.matcher().accept(state, fact, user), user);
    }

    OptionalLong nextDue() {
        return rules.matcher().nextDue(state);
    }

    /** The signals of immediate patterns, judged from the fact by itself, before its place in order. */
    static List<Signal> onArrival(Rulebook rules, Fact fact, UserProfile user) {
        List<Signal> signals = new ArrayList<>();
        for (PatternRule pattern : rules.immediate(fact.kind())) {
            Sequence.Step step = pattern.sequence().steps().get(0);
            boolean holds = fact.millis() >= pattern.header().effectiveMillis()
                    && (step.where() == null || step.where().test(Scope.of(fact, user)));
            if (holds && !pattern.header().shadow()) {
                Match match = new Match(
                        pattern.header().key(),
                        pattern.version(),
                        Instant.ofEpochMilli(fact.millis()),
                        Map.of(step.name(), List.of(fact)));
                signals.add(signal(pattern, match, user));
            }
        }
        return signals;
    }

    private List<Finding> findings(Outcome outcome, UserProfile user) {
        if (outcome == Outcome.NOTHING) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (Match match : outcome.matches()) {
            PatternRule pattern = rules.pattern(match.key());
            findings.add(new Finding(pattern == null ? null : signal(pattern, match, user), pattern, match));
        }
        return findings;
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

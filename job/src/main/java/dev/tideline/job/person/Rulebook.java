package dev.tideline.job.person;

import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All rules that may still matter, each with the time in which it holds: patterns are looked for side by side, segments and
 * policies stand in a line of {@link Epochs}. For one thread.
 */
final class Rulebook {
    private final SequenceMatcher matcher;
    private final EpochBuilder epochBuilder;
    private final boolean historyKnown;
    private List<WatchedSequence> watched = List.of();
    private Map<String, List<InForce<PatternRule>>> patterns = Map.of();
    private Map<String, List<InForce<PatternRule>>> immediate = Map.of();
    private SegmentSequences segmentSequences = new SegmentSequences(List.of(), false);
    private Epochs epochs;

    Rulebook(PersonOptions options) {
        matcher = new SequenceMatcher(options.mostPartials());
        historyKnown = options.historyKnown();
        epochBuilder = new EpochBuilder(options.staff(), historyKnown);
        epochs = epochBuilder.line(Long.MIN_VALUE, List.of(), List.of());
    }

    /** From now on these rules hold, each in its time. Only what was not there before is compiled. */
    void adopt(KeptRules kept) {
        List<InForce<SegmentRule>> segments = new ArrayList<>();
        List<InForce<PolicyRule>> policies = new ArrayList<>();
        List<InForce<PatternRule>> found = new ArrayList<>();
        kept.forEach((version, until) -> {
            CompiledRule compiled = CompiledRule.of(version.revision());
            Rule rule = compiled.rule();
            InForce<Rule> inForce = new InForce<>(
                    rule, compiled.fingerprint(), version.revision().number(), version.since(), version.from(), until);
            if (!rule.header().enabled()) {
                return;
            }
            if (rule instanceof SegmentRule segment) {
                segments.add(inForce.with(segment));
            } else if (rule instanceof PolicyRule policy) {
                policies.add(inForce.with(policy));
            } else if (rule instanceof PatternRule pattern) {
                found.add(inForce.with(pattern));
            }
        });
        index(found);
        epochs = epochBuilder.line(kept.begin(), segments, policies);
        segmentSequences = new SegmentSequences(segments, historyKnown);
        watch(found);
    }

    private void index(List<InForce<PatternRule>> found) {
        patterns = new HashMap<>();
        immediate = new HashMap<>();
        for (InForce<PatternRule> pattern : found) {
            PatternRule rule = pattern.rule();
            patterns.computeIfAbsent(rule.header().key(), any -> new ArrayList<>())
                    .add(pattern);
            if (rule.immediate()) {
                String kind = rule.sequence().steps().get(0).on();
                immediate.computeIfAbsent(kind, any -> new ArrayList<>()).add(pattern);
            }
        }
    }

    private void watch(List<InForce<PatternRule>> found) {
        List<WatchedSequence> next = new ArrayList<>(segmentSequences.watched());
        for (InForce<PatternRule> pattern : found) {
            PatternRule rule = pattern.rule();
            next.add(new WatchedSequence(
                    rule.header().key(), rule.version(), rule.sequence(), pattern.from(), pattern.until()));
        }
        if (!next.equals(watched)) {
            matcher.watch(next);
            watched = next;
        }
    }

    SequenceMatcher matcher() {
        return matcher;
    }

    Epochs epochs() {
        return epochs;
    }

    /** The pattern that a match of the instant is of; null where a segment asked. */
    @Nullable
    PatternRule pattern(String key, int version, long instant) {
        for (InForce<PatternRule> pattern : patterns.getOrDefault(key, List.of())) {
            if (pattern.rule().version() == version && pattern.at(instant)) {
                return pattern.rule();
            }
        }
        return null;
    }

    SegmentSequences segmentSequences() {
        return segmentSequences;
    }

    /**
     * The immediate patterns that judge a fact when it arrives, by the fact's own time. What is only tried out waits for the
     * fact's place in order, but for late facts, which have none.
     */
    List<PatternRule> immediate(String kind, long instant, boolean late) {
        List<InForce<PatternRule>> asking = immediate.get(kind);
        if (asking == null) {
            return List.of();
        }
        return asking.stream()
                .filter(pattern -> late || !pattern.rule().header().shadow())
                .filter(pattern -> late ? pattern.lateAt(instant) : pattern.at(instant))
                .map(InForce::rule)
                .toList();
    }

    /** Whether an immediate pattern may judge the event, or a fact made of it, when it arrives. */
    boolean asksAtOnce(Event event, boolean late) {
        if (immediate.isEmpty()) {
            return false;
        }
        long instant = event.at().toEpochMilli();
        return !immediate(event.type(), instant, late).isEmpty()
                || (event.textFact() != null
                        && !immediate(Fact.Derived.TEXT, instant, late).isEmpty())
                || (event.type().equals("survey_response")
                        && !immediate(Fact.Derived.SURVEY, instant, late).isEmpty());
    }
}

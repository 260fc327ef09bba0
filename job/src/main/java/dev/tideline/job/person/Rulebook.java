package dev.tideline.job.person;

import dev.tideline.patterns.fact.Event;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.RulesOverTime;
import dev.tideline.patterns.segment.SegmentEngine;
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
final class Rulebook implements RulesOverTime {
    private final SequenceMatcher matcher;
    private final EpochBuilder epochBuilder;
    private final boolean historyKnown;
    private List<WatchedSequence> watched = List.of();
    private Map<String, List<InForce<PatternRule>>> patterns = Map.of();
    private Map<String, List<InForce<PatternRule>>> immediate = Map.of();
    private SegmentSequences segmentSequences = new SegmentSequences(List.of(), false);
    private Map<Long, InForce<SegmentRule>> recalled = Map.of();
    private List<InForce<SegmentRule>> segments = List.of();
    private final Map<Long, Recall> recalls = new HashMap<>();
    private final int mostPartials;
    private Epochs epochs;
    private long filled;

    Rulebook(PersonOptions options) {
        mostPartials = options.mostPartials();
        matcher = new SequenceMatcher(mostPartials);
        historyKnown = options.historyKnown();
        epochBuilder = new EpochBuilder(options.staff(), historyKnown);
        epochs = epochBuilder.line(Long.MIN_VALUE, List.of(), List.of());
    }

    /** From now on these rules hold, each in its time. Only what was not there before is compiled. */
    void adopt(KeptRules kept, long pass) {
        filled = pass;
        segments = new ArrayList<>();
        List<InForce<PolicyRule>> policies = new ArrayList<>();
        List<InForce<PatternRule>> found = new ArrayList<>();
        kept.forEach((version, until) -> {
            CompiledRule compiled = CompiledRule.of(version.revision());
            Rule rule = compiled.rule();
            InForce<Rule> inForce = new InForce<>(
                    rule,
                    compiled.fingerprint(),
                    version.revision().number(),
                    version.since(),
                    version.from(),
                    until,
                    version.revision().awaitsHistory(),
                    version.waits());
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
        recalls.clear();
        recalled = new HashMap<>();
        segments.stream().filter(InForce::recalled).forEach(segment -> recalled.put(segment.number(), segment));
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

    /** The highest pass through history that is over. */
    long filled() {
        return filled;
    }

    /** How history is taken in for a revision; null where nobody needs it any more. */
    @Nullable
    Recall recall(long revision) {
        InForce<SegmentRule> segment = recalled.get(revision);
        return segment == null ? null : recalls.computeIfAbsent(revision, any -> recall(segment));
    }

    private Recall recall(InForce<SegmentRule> segment) {
        List<SegmentRule> before = segments.stream()
                .filter(other -> other.at(segment.from() - 1) && !other.waits())
                .map(InForce::rule)
                .toList();
        return new Recall(segment, before, mostPartials);
    }

    /** When the first of the segments began that still wait for history; {@link Long#MAX_VALUE} if none does. */
    long waitingSince() {
        return recalled.values().stream()
                .filter(InForce::waits)
                .filter(segment -> segment.until() == Long.MAX_VALUE)
                .mapToLong(InForce::from)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public SegmentEngine at(long instant) {
        return epochs.at(instant).segments().engine();
    }

    @Override
    public List<String> held(long instant) {
        return epochs.at(instant).segments().heldIds();
    }

    @Override
    public boolean isFilled(long revision) {
        InForce<SegmentRule> segment = recalled.get(revision);
        return segment != null && !segment.waits();
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

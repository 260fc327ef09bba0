package dev.tideline.job.history;

import dev.tideline.job.rules.RuleRevision;
import dev.tideline.patterns.rule.Reading;
import dev.tideline.patterns.rule.RuleReader;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.segment.HistoryNeeds;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The segments that are in force, and which of them wait for the past. Everything follows from the order of what it is told.
 * For one thread.
 */
final class SegmentBook {
    private static final String SEGMENT = "segment/";

    private final HistoryOptions options;
    private final Map<String, KeptSegment> kept = new TreeMap<>();
    private final Map<String, SegmentRule> rules = new HashMap<>();

    SegmentBook(HistoryOptions options) {
        this.options = options;
    }

    /** Puts back what was there before a restart. */
    void restore(KeptSegment segment) {
        kept.put(segment.key(), segment);
        rules.put(segment.key(), rule(segment.key(), segment.json(), segment.effectiveMillis()));
    }

    /** A rule that holds from before the first event, and so has seen everything. */
    void begin(RuleRevision revision) {
        if (revision.key().startsWith(SEGMENT) && revision.json() != null && !options.complete()) {
            restore(new KeptSegment(
                    revision.key(),
                    revision.json(),
                    revision.number(),
                    revision.effectiveMillis(),
                    false,
                    Map.of(),
                    false,
                    null));
        }
    }

    /** All of them, by key. */
    List<KeptSegment> all() {
        return List.copyOf(kept.values());
    }

    /** The segment of the key as it came last; null if there is none. */
    @Nullable
    KeptSegment get(String key) {
        return kept.get(key);
    }

    /** Takes a revision over, which is newer than all before. */
    void take(RuleRevision revision) {
        String key = revision.key();
        if (!key.startsWith(SEGMENT) || options.complete()) {
            return;
        }
        if (revision.json() == null) {
            kept.remove(key);
            rules.remove(key);
            return;
        }
        SegmentRule rule = rule(key, revision.json(), revision.effectiveMillis());
        HistoryNeeds needs = needs(rule, revision);
        kept.put(key, judged(revision, needs));
        rules.put(key, rule);
    }

    private HistoryNeeds needs(SegmentRule rule, RuleRevision revision) {
        Set<String> waiting = new TreeSet<>();
        kept.values().stream()
                .filter(KeptSegment::awaits)
                .filter(segment -> !segment.key().equals(revision.key()))
                .forEach(segment -> waiting.add(segment.key().substring(SEGMENT.length())));
        Set<String> still = HistoryNeeds.waitingToo(rules.values(), waiting);
        List<SegmentRule> counting = new ArrayList<>();
        kept.values().stream()
                .filter(segment -> !segment.awaits() && segment.effectiveMillis() < revision.effectiveMillis())
                .filter(segment -> !still.contains(segment.key().substring(SEGMENT.length())))
                .forEach(segment -> counting.add(rules.get(segment.key())));
        return HistoryNeeds.of(rule, counting, still);
    }

    private KeptSegment judged(RuleRevision revision, HistoryNeeds needs) {
        long from = revision.effectiveMillis();
        boolean awaits = options.past() != null && needs.any();
        Map<String, Long> kinds = new TreeMap<>();
        boolean profiles = false;
        if (awaits) {
            for (HistoryNeeds.Recall recall : needs.recalls()) {
                kinds.put(recall.kind(), since(recall, from));
                profiles |= recall.profile();
            }
        }
        return new KeptSegment(
                revision.key(),
                String.valueOf(revision.json()),
                revision.number(),
                from,
                awaits,
                kinds,
                profiles,
                countingSince(needs, from));
    }

    private static long since(HistoryNeeds.Recall recall, long from) {
        return recall.withinMillis() == null ? Long.MIN_VALUE : from - recall.withinMillis();
    }

    /** The earliest instant from which on all that is asked for is counted. */
    private @Nullable Long countingSince(HistoryNeeds needs, long from) {
        if (!needs.unanswered().isEmpty()
                || options.past() == null && !needs.leaves().isEmpty()) {
            return from;
        }
        if (options.past() == null) {
            return null;
        }
        long keptSince = beginningOfMonth(from, options.past().months());
        boolean farther = needs.recalls().stream().anyMatch(recall -> since(recall, from) < keptSince);
        return farther ? keptSince : null;
    }

    private static long beginningOfMonth(long instant, int monthsBefore) {
        return YearMonth.from(Instant.ofEpochMilli(instant).atZone(ZoneOffset.UTC))
                .minusMonths(monthsBefore)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    /**
     * A pass for all that wait, up to the first that event time has not come to.
     *
     * @param now where event time stands
     * @return null if nothing waits that could be read
     */
    @Nullable
    Pass pass(long now) {
        Question question = new Question(Map.of(), false, now);
        long number = 0;
        List<KeptSegment> waiting = kept.values().stream()
                .filter(KeptSegment::awaits)
                .sorted(Comparator.comparingLong(KeptSegment::number))
                .toList();
        for (KeptSegment segment : waiting) {
            if (segment.effectiveMillis() > now) {
                break;
            }
            number = segment.number();
            question = question.and(new Question(segment.kinds(), segment.profiles(), now));
        }
        return number == 0 ? null : Pass.of(number, question);
    }

    /** Whether anything still waits for a pass. */
    boolean waitsFor(Pass pass) {
        return kept.values().stream().anyMatch(segment -> segment.awaits() && segment.number() <= pass.number());
    }

    /** What was waited for is there. */
    void filled(Pass pass) {
        kept.replaceAll((key, segment) -> segment.number() <= pass.number() ? segment.filled() : segment);
    }

    /** What was accepted can be read again. */
    private static SegmentRule rule(String key, String json, long effectiveMillis) {
        Reading reading = RuleReader.readJson(key, json, Instant.ofEpochMilli(effectiveMillis));
        if (reading.documents().size() != 1 || !(reading.rules().get(0) instanceof SegmentRule rule)) {
            throw new IllegalStateException("an accepted segment cannot be read: " + reading.problems());
        }
        return rule;
    }
}

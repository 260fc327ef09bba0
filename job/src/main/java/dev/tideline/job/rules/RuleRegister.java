package dev.tideline.job.rules;

import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.Rule;
import dev.tideline.patterns.rule.RuleDocument;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rules are in force and which wait for others; decides what becomes of each that comes or goes. Everything that it
 * decides follows from the order of what it is told. For one thread.
 *
 * <p>A rule that names a segment which is not live waits, and comes into force with it. A segment that is removed, or is not
 * live any more, takes those with it that name it: they wait again. A version holds from its record's timestamp on, but never
 * from before the version that it replaces or a segment that it names.
 */
final class RuleRegister {
    /** Where it is told what was decided. */
    interface Voice {
        void revision(RuleRevision revision);

        void status(RuleStatus status);
    }

    private final Map<String, RegisteredRule> inForce = new TreeMap<>();
    private final Map<String, RegisteredRule> waiting = new TreeMap<>();
    private final Set<String> doubted = new HashSet<>();
    private final Admission admission;
    private final Circles circles = new Circles(inForce, waiting);
    private long characters;
    private long number;

    RuleRegister(Admission.Limits limits) {
        admission = new Admission(limits, inForce, waiting, circles);
    }

    /** Puts back what was there before a restart; nothing is told of it. */
    void restore(RegisteredRule rule, boolean waits, boolean wasDoubted) {
        put(waits ? waiting : inForce, rule);
        if (wasDoubted) {
            doubted.add(rule.key());
        }
    }

    /** The highest number that was given to a revision. */
    void restore(long highestNumber) {
        number = highestNumber;
    }

    long number() {
        return number;
    }

    List<RegisteredRule> inForce() {
        return List.copyOf(inForce.values());
    }

    List<RegisteredRule> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Whether the last word on the rule was that a version of it was refused. */
    boolean doubted(String key) {
        return doubted.contains(key);
    }

    /**
     * A version of a rule that was read.
     *
     * @param place where it begins in a file; null if it came by topic
     */
    void offer(RuleDocument document, Instant at, @Nullable String place, Voice voice) {
        Rule rule = document.rule();
        Header header = rule.header();
        String json = document.json();
        RegisteredRule running = inForce.get(header.key());
        RegisteredRule waits = waiting.get(header.key());
        if (running != null && running.json().equals(json)) {
            if (waits == null && doubted.remove(header.key())) {
                voice.status(RuleStatus.accepted(running));
            }
            return;
        }
        if (waits != null && waits.json().equals(json)) {
            if (doubted.remove(header.key())) {
                wait(waits, waits.effectiveMillis(), voice);
            }
            return;
        }
        List<Objection> objections = admission.objections(document, waits == null ? running : waits, characters);
        if (!objections.isEmpty()) {
            String reason = (place == null ? "" : place + ": ") + Objection.text(objections);
            refuse(header.key(), header.version(), objections.get(0).path(), reason, at, voice);
            return;
        }
        doubted.remove(header.key());
        RegisteredRule offered = RegisteredRule.of(rule, json, 0, at.toEpochMilli(), place != null);
        if (missing(offered).isEmpty()) {
            accept(offered, voice);
        } else {
            wait(offered, offered.effectiveMillis(), voice);
        }
    }

    /** A version of a rule is not good; what runs goes on. */
    void refuse(String key, @Nullable Integer version, List<Objection> objections, Instant at, Voice voice) {
        refuse(key, version, objections.get(0).path(), Objection.text(objections), at, voice);
    }

    /** The same with all reasons in one text. */
    void refuse(String key, @Nullable Integer version, String path, String reason, Instant at, Voice voice) {
        if (inForce.containsKey(key) || waiting.containsKey(key)) {
            doubted.add(key);
        }
        voice.status(RuleStatus.rejected(key, version, path, reason, runningOf(key), at));
    }

    /** What was refused without being there, such as a broken file, is good again or gone: says what holds now. */
    void mend(String key, Instant at, Voice voice) {
        RegisteredRule running = inForce.get(key);
        RegisteredRule waits = waiting.get(key);
        boolean wasDoubted = doubted.remove(key);
        if (waits != null && wasDoubted) {
            wait(waits, waits.effectiveMillis(), voice);
        } else if (running != null && wasDoubted) {
            voice.status(RuleStatus.accepted(running));
        } else if (running == null && waits == null) {
            voice.status(RuleStatus.removed(key, 0, at));
        }
    }

    /** A rule is taken away; one that is not there may be taken away as often as one likes. */
    void remove(String key, Instant at, boolean fromFile, Voice voice) {
        RegisteredRule running = inForce.get(key);
        RegisteredRule waits = waiting.get(key);
        boolean others = fromFile && (running != null && !running.fromFile() || waits != null && !waits.fromFile());
        if (running == null && waits == null || others) {
            return;
        }
        doubted.remove(key);
        take(waiting, key);
        if (running == null) {
            voice.status(RuleStatus.removed(key, 0, at));
            return;
        }
        long from = Math.max(at.toEpochMilli(), running.effectiveMillis());
        withdrawThoseThatName(running, from, voice);
        take(inForce, key);
        voice.revision(new RuleRevision(++number, key, null, from));
        voice.status(RuleStatus.removed(key, number, Instant.ofEpochMilli(from)));
    }

    private void accept(RegisteredRule offered, Voice voice) {
        String key = offered.key();
        RegisteredRule running = inForce.get(key);
        long from = offered.effectiveMillis();
        if (running != null) {
            from = Math.max(from, running.effectiveMillis());
        }
        for (String id : offered.references()) {
            RegisteredRule named = inForce.get(segment(id));
            from = named == null ? from : Math.max(from, named.effectiveMillis());
        }
        take(waiting, key);
        if (running != null && running.liveSegment() && !offered.liveSegment()) {
            withdrawThoseThatName(running, from, voice);
        }
        RegisteredRule accepted = offered.inForce(++number, from);
        put(inForce, accepted);
        voice.revision(accepted.revision());
        voice.status(RuleStatus.accepted(accepted));
        if (accepted.liveSegment()) {
            letInThoseThatName(accepted, voice);
        }
    }

    private void letInThoseThatName(RegisteredRule accepted, Voice voice) {
        String id = accepted.rule().id();
        for (RegisteredRule next : List.copyOf(waiting.values())) {
            boolean stillThere = waiting.get(next.key()) == next;
            if (!stillThere || !next.references().contains(id) || !missing(next).isEmpty()) {
                continue;
            }
            List<String> circle = circles.closedNow(next.rule());
            if (circle.isEmpty()) {
                accept(next.inForce(0, Math.max(next.effectiveMillis(), accepted.effectiveMillis())), voice);
            } else {
                take(waiting, next.key());
                refuse(
                        next.key(),
                        next.version(),
                        List.of(Objection.circle(circle)),
                        Instant.ofEpochMilli(accepted.effectiveMillis()),
                        voice);
            }
        }
    }

    /** Those that name a segment go before it, so that no task ever has a name that leads nowhere. */
    private void withdrawThoseThatName(RegisteredRule segment, long from, Voice voice) {
        if (!segment.liveSegment()) {
            return;
        }
        for (RegisteredRule next : List.copyOf(inForce.values())) {
            boolean stillThere = inForce.get(next.key()) == next;
            if (stillThere && next.references().contains(segment.rule().id())) {
                withdraw(next, segment.rule().id(), from, voice);
            }
        }
    }

    private void withdraw(RegisteredRule rule, String lost, long from, Voice voice) {
        long at = Math.max(from, rule.effectiveMillis());
        withdrawThoseThatName(rule, at, voice);
        take(inForce, rule.key());
        voice.revision(new RuleRevision(++number, rule.key(), null, at));
        RegisteredRule newer = waiting.get(rule.key());
        doubted.remove(rule.key());
        if (newer != null) {
            wait(newer, at, voice);
            return;
        }
        RegisteredRule waits = rule.inForce(0, at);
        put(waiting, waits);
        voice.status(
                RuleStatus.waiting(waits, "waits for " + segment(lost) + ", which is not live any more", null, at));
    }

    private void wait(RegisteredRule rule, long at, Voice voice) {
        put(waiting, rule);
        List<String> reasons = missing(rule).stream().map(this::whyMissing).toList();
        voice.status(RuleStatus.waiting(rule, "waits for " + String.join(", ", reasons), runningOf(rule.key()), at));
    }

    private String whyMissing(String id) {
        RegisteredRule there = inForce.get(segment(id));
        if (there == null) {
            return segment(id) + (waiting.containsKey(segment(id)) ? ", which waits itself" : ", which is not there");
        }
        return segment(id) + (there.rule().header().enabled() ? ", which is in mode shadow" : ", which is not enabled");
    }

    private Set<String> missing(RegisteredRule rule) {
        Set<String> missing = new TreeSet<>();
        for (String id : rule.references()) {
            RegisteredRule there = inForce.get(segment(id));
            if (there == null || !there.liveSegment()) {
                missing.add(id);
            }
        }
        return missing;
    }

    private RuleStatus.@Nullable Running runningOf(String key) {
        RegisteredRule running = inForce.get(key);
        return running == null ? null : running.running();
    }

    private void put(Map<String, RegisteredRule> rules, RegisteredRule rule) {
        take(rules, rule.key());
        rules.put(rule.key(), rule);
        characters += rule.json().length();
    }

    private void take(Map<String, RegisteredRule> rules, String key) {
        RegisteredRule before = rules.remove(key);
        if (before != null) {
            characters -= before.json().length();
        }
    }

    static String segment(String id) {
        return Header.Kind.SEGMENT.word() + "/" + id;
    }
}

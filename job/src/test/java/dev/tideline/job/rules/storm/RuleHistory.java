package dev.tideline.job.rules.storm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must become of each change, and which versions hold when: the changes replayed one after another by rules so plain
 * that they can be read.
 */
public final class RuleHistory {
    private final Map<String, Spell> current = new TreeMap<>();
    private final Map<String, Change> waiting = new TreeMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Spell> spells = new ArrayList<>();

    /**
     * A version, and the facts that it holds for: from an instant up to another, which is not part of it.
     *
     * @param until epoch milliseconds; {@link Long#MAX_VALUE} = it still holds
     */
    public record Spell(RuleSpec rule, long from, long until) {
        boolean holdsAt(long instant) {
            return instant >= from && instant < until;
        }
    }

    /** Replays the changes in their order. */
    public RuleHistory(Collection<Change> changes) {
        changes.forEach(this::apply);
        spells.addAll(current.values());
    }

    /** Each verdict, in order. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** Each version that ever held. */
    public List<Spell> spells() {
        return List.copyOf(spells);
    }

    /** The versions that are there in the end, as {@code key/version}; also those that are not enabled. */
    public Set<String> versions() {
        Set<String> versions = new TreeSet<>();
        current.forEach((key, spell) -> versions.add(key + "/" + spell.rule().version()));
        return versions;
    }

    /** The rules that anything must be said of, by key. */
    public Set<String> rules() {
        return verdicts.stream().map(Verdict::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What may be said last of a rule, as {@link Reported#last} writes it. Where a change was refused, that may be heard before
     * or after the version that stays has become live.
     */
    public Set<String> lastWords(String key) {
        Verdict last = verdicts.stream()
                .filter(verdict -> verdict.key().equals(key))
                .reduce((before, after) -> after)
                .orElseThrow();
        Set<String> words = new TreeSet<>();
        if (last.status().equals("WAITING") || last.status().equals("REJECTED")) {
            words.add(last.status());
        }
        if (!last.status().equals("WAITING")) {
            Spell spell = current.get(key);
            words.add(spell == null ? "REMOVED" : "LIVE " + spell.rule().version());
        }
        return words;
    }

    private void apply(Change change) {
        RuleSpec rule = change.rule();
        if (change.broken() != null) {
            verdict(change, "REJECTED", null, change.broken().path());
        } else if (rule == null) {
            remove(change);
        } else if (goesBack(rule)) {
            verdict(change, "REJECTED", null, "/version");
        } else if (closesACircle(rule)) {
            verdict(change, "REJECTED", null, "/when");
        } else if (misses(rule)) {
            waiting.put(change.key(), change);
            verdict(change, "WAITING", rule.version(), null);
        } else {
            accept(change, rule);
        }
    }

    private void remove(Change change) {
        boolean waited = waiting.remove(change.key()) != null;
        boolean known = end(change.key(), change.at());
        if (waited || known) {
            verdict(change, "REMOVED", null, null);
        }
    }

    private void accept(Change change, RuleSpec rule) {
        end(change.key(), change.at());
        current.put(change.key(), new Spell(rule, change.at(), Long.MAX_VALUE));
        verdict(change, "ACCEPTED", rule.version(), null);
        for (Change other : List.copyOf(waiting.values())) {
            RuleSpec waits = other.rule();
            if (waits != null && !misses(waits)) {
                waiting.remove(other.key());
                // It cannot hold from before what it refers to.
                accept(Change.of(Math.max(other.at(), change.at()), waits), waits);
            }
        }
    }

    private boolean end(String key, long at) {
        Spell before = current.remove(key);
        if (before != null) {
            spells.add(new Spell(before.rule(), before.from(), at));
        }
        return before != null;
    }

    private boolean goesBack(RuleSpec rule) {
        Spell known = current.get(rule.key());
        return known != null && known.rule().version() >= rule.version();
    }

    private boolean misses(RuleSpec rule) {
        return rule.refersTo() != null && !current.containsKey("segment/" + rule.refersTo());
    }

    private boolean closesACircle(RuleSpec rule) {
        String next = rule.refersTo();
        while (next != null && !next.equals(rule.id())) {
            Spell spell = current.get("segment/" + next);
            next = spell == null ? null : spell.rule().refersTo();
        }
        return next != null;
    }

    private void verdict(Change change, String status, @Nullable Integer version, @Nullable String path) {
        verdicts.add(new Verdict(change.key(), status, change.at(), version, path));
    }
}

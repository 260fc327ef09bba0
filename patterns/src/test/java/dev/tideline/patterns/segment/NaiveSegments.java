package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SegmentChange.Reason;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Scope;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of segments, written down as plainly as possible: everything is kept, and at every millisecond and after every
 * input everything is counted again. Knows nothing of leaves, indexes or due instants.
 */
final class NaiveSegments {
    private final String user;
    private final long horizon;
    private List<SegmentRule> rules;
    private boolean exists;
    private UserProfile profile = UserProfile.UNKNOWN;
    private @Nullable Level risk;
    private Set<String> leftAlone = Set.of();

    /** By what is asked for: the times of all that counted. */
    private final Map<List<Object>, List<Long>> counted = new HashMap<>();

    private final Map<String, Long> since = new HashMap<>();
    private final Map<String, Integer> memberVersion = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    final List<SegmentChange> live = new ArrayList<>();
    final List<SegmentChange> shadow = new ArrayList<>();

    private record Blame(Reason reason, @Nullable String cause) {}

    /** @param horizon longer than any window */
    NaiveSegments(String user, List<SegmentRule> rules, long horizon) {
        this.user = user;
        this.rules = enabled(rules);
        this.horizon = horizon;
    }

    private static List<SegmentRule> enabled(List<SegmentRule> rules) {
        return rules.stream().filter(rule -> rule.header().enabled()).toList();
    }

    /** One millisecond; it has to be called for every one. */
    void millisecond(long t, List<Input> inputs) {
        Set<String> before = new TreeSet<>(since.keySet());
        Set<String> now = new TreeSet<>(before);
        Map<String, Blame> blames = new HashMap<>();
        Set<String> held = inputs.size() > 0 && inputs.get(0) instanceof Input.Ruled ruled ? changed(ruled) : Set.of();
        now = blame(now, membersButFor(held, t), new Blame(Reason.EXPIRY, null), blames);
        for (Input input : inputs) {
            if (input instanceof Input.Closed) {
                emit(t, before, now, blames);
                emit(t, now, Set.of(), Map.of());
                exists = false;
                counted.clear();
                return;
            }
            now = blame(now, take(t, input), blame(input), blames);
        }
        emit(t, before, now, blames);
    }

    private static Blame blame(Input input) {
        if (input instanceof Input.Took took) {
            boolean timeMade = took.fact().kind().equals(Fact.Derived.SESSION);
            return new Blame(Reason.EVENT, timeMade ? null : took.fact().id());
        } else if (input instanceof Input.Matched matched) {
            return new Blame(Reason.EVENT, matched.cause());
        } else if (input instanceof Input.Profiled) {
            return new Blame(Reason.PROFILE, null);
        } else if (input instanceof Input.Risked) {
            return new Blame(Reason.RISK, null);
        }
        return new Blame(Reason.RULE, null);
    }

    private static Set<String> blame(Set<String> from, Set<String> to, Blame blame, Map<String, Blame> blames) {
        Set<String> both = new TreeSet<>(from);
        both.addAll(to);
        both.stream().filter(key -> from.contains(key) != to.contains(key)).forEach(key -> blames.put(key, blame));
        return to;
    }

    private Set<String> take(long t, Input input) {
        if (input instanceof Input.Took took) {
            begin(took.profile());
            count(took);
        } else if (input instanceof Input.Profiled profiled) {
            exists = true;
            profile = profiled.profile();
        } else if (input instanceof Input.Risked risked) {
            risk = risked.level();
        } else if (input instanceof Input.Matched matched) {
            if (leaves(rules).containsKey(key(matched.sequence()))) {
                counted.computeIfAbsent(key(matched.sequence()), k -> new ArrayList<>())
                        .add(matched.first());
            }
        } else if (input instanceof Input.Ruled ruled) {
            profile = ruled.profile();
            change(ruled.rules());
        }
        return members(t);
    }

    private void begin(UserProfile first) {
        if (!exists) {
            exists = true;
            profile = first;
        }
    }

    private void count(Input.Took took) {
        leaves(rules).values().forEach(leaf -> {
            if (leaf instanceof Condition.Performed performed
                    && performed.fact().equals(took.fact().kind())
                    && (performed.where() == null || performed.where().test(Scope.of(took.fact(), took.profile())))) {
                counted.computeIfAbsent(key(performed), k -> new ArrayList<>())
                        .add(took.fact().millis());
            }
        });
    }

    /** New leaves begin with nothing; kept ones with no more than the old rules had to remember. */
    private void change(List<SegmentRule> changed) {
        Map<List<Object>, Condition> kept = leaves(rules);
        Map<List<Object>, Integer> most = new HashMap<>();
        rules.forEach(rule -> most(rule.when(), most));
        rules = enabled(changed);
        noteVersions(since.keySet());
        counted.keySet().retainAll(leaves(rules).keySet());
        counted.keySet().retainAll(kept.keySet());
        counted.forEach((key, times) -> {
            if (key.get(key.size() - 1) instanceof Long) {
                times.sort(Comparator.naturalOrder());
                times.subList(0, Math.max(0, times.size() - most.getOrDefault(key, 0)))
                        .clear();
            }
        });
    }

    private static void most(Condition condition, Map<List<Object>, Integer> most) {
        parts(condition).forEach(part -> most(part, most));
        if (condition instanceof Condition.Performed performed) {
            int needed = performed.atMost() == null ? performed.atLeast() : performed.atMost() + 1;
            most.merge(key(performed), Math.max(needed, performed.atLeast()), Math::max);
        } else if (condition instanceof Condition.Followed followed) {
            most.put(key(followed.sequence()), 1);
        }
    }

    private static Map<List<Object>, Condition> leaves(List<SegmentRule> rules) {
        Map<List<Object>, Condition> leaves = new HashMap<>();
        rules.forEach(rule -> leaves(rule.when(), leaves));
        return leaves;
    }

    private static void leaves(Condition condition, Map<List<Object>, Condition> leaves) {
        parts(condition).forEach(part -> leaves(part, leaves));
        if (condition instanceof Condition.Performed performed) {
            leaves.put(key(performed), performed);
        } else if (condition instanceof Condition.Followed followed) {
            leaves.put(key(followed.sequence()), followed);
        }
    }

    private static List<Condition> parts(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts();
        } else if (condition instanceof Condition.Any any) {
            return any.parts();
        } else if (condition instanceof Condition.Not not) {
            return List.of(not.part());
        }
        return List.of();
    }

    private static List<Object> key(Condition.Performed leaf) {
        Object within = leaf.withinMillis() == null ? "ever" : leaf.withinMillis();
        return List.of(leaf.fact(), leaf.where() == null ? "any" : leaf.where(), within);
    }

    private static List<Object> key(Sequence sequence) {
        return List.of(sequence, sequence.withinMillis());
    }

    private static String stateKey(SegmentRule rule) {
        return (rule.header().shadow() ? "~" : "") + rule.id();
    }

    /** The segments that other rules make something else of; they are as they were until those hold. */
    private Set<String> changed(Input.Ruled ruled) {
        Set<SegmentRule> same = new HashSet<>(enabled(ruled.rules()));
        same.retainAll(rules);
        return rules.stream()
                .filter(rule -> !same.contains(rule))
                .map(NaiveSegments::stateKey)
                .collect(Collectors.toSet());
    }

    private Set<String> membersButFor(Set<String> held, long t) {
        leftAlone = held;
        Set<String> members = members(t);
        members.removeAll(held);
        held.stream().filter(since::containsKey).forEach(members::add);
        leftAlone = Set.of();
        return members;
    }

    private Set<String> members(long t) {
        Set<String> members = new TreeSet<>();
        for (SegmentRule rule : rules) {
            if (exists && holds(rule.when(), t)) {
                members.add(stateKey(rule));
            }
        }
        return members;
    }

    private boolean holds(Condition condition, long t) {
        if (condition instanceof Condition.All all) {
            return all.parts().stream().allMatch(part -> holds(part, t));
        } else if (condition instanceof Condition.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, t));
        } else if (condition instanceof Condition.Not not) {
            return !holds(not.part(), t);
        } else if (condition instanceof Condition.Performed performed) {
            long count = count(key(performed), performed.withinMillis(), t);
            return count >= performed.atLeast() && (performed.atMost() == null || count <= performed.atMost());
        } else if (condition instanceof Condition.Followed followed) {
            return count(key(followed.sequence()), followed.sequence().withinMillis(), t) > 0;
        } else if (condition instanceof Condition.Profile asked) {
            return asked.predicate().test(Scope.of(null, profile));
        } else if (condition instanceof Condition.AtRisk atRisk) {
            return risk != null && risk.ordinal() >= atRisk.level().ordinal();
        }
        String other = ((Condition.InSegment) condition).segment();
        return rules.stream()
                .filter(rule -> rule.id().equals(other))
                .anyMatch(rule ->
                        leftAlone.contains(stateKey(rule)) ? since.containsKey(stateKey(rule)) : holds(rule.when(), t));
    }

    private long count(List<Object> key, @Nullable Long within, long t) {
        return counted.getOrDefault(key, List.of()).stream()
                .filter(time -> time <= t && (within == null || t - within < time))
                .count();
    }

    private void emit(long t, Set<String> before, Set<String> after, Map<String, Blame> blames) {
        Map<String, SegmentChange> changes = new TreeMap<>();
        Set<String> both = new TreeSet<>(before);
        both.addAll(after);
        for (String key : both) {
            if (before.contains(key) != after.contains(key)) {
                changes.put(
                        key,
                        change(t, key, after.contains(key), blames.getOrDefault(key, new Blame(Reason.CONSENT, null))));
            }
        }
        changes.forEach((key, change) -> (key.startsWith("~") ? shadow : live).add(change));
    }

    private SegmentChange change(long t, String key, boolean entered, Blame blame) {
        if (entered) {
            since.put(key, t);
        }
        long memberSince = since.getOrDefault(key, t);
        if (!entered) {
            since.remove(key);
        }
        noteVersions(Set.of(key));
        return new SegmentChange(
                "",
                user,
                key.replace("~", ""),
                memberVersion.getOrDefault(key, 0),
                entered,
                Instant.ofEpochMilli(t),
                blame.reason(),
                blame.cause(),
                sequences.merge(key, 1L, Long::sum),
                Instant.ofEpochMilli(memberSince),
                entered ? expiry(key, t) : null);
    }

    private void noteVersions(Set<String> keys) {
        rules.stream()
                .filter(rule -> keys.contains(stateKey(rule)))
                .forEach(rule -> memberVersion.put(stateKey(rule), rule.version()));
    }

    /** Tries every millisecond of the future. */
    private @Nullable Instant expiry(String key, long t) {
        for (long later = t + 1; later <= t + horizon; later++) {
            if (!members(later).contains(key)) {
                return Instant.ofEpochMilli(later);
            }
        }
        return null;
    }
}

package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One user under rules that come without what they ask for having been counted; history is read for them some time later. */
final class Waiting implements RulesOverTime {
    private record Version(SegmentRule rule, long number, boolean awaits, List<SegmentRule> before) {}

    /** What is recalled for a version: of the time since the user exists, until the version came. */
    private record Awaited(Recollection recollection, Matches sequences, long since, long until) {
        static Awaited of(Version version, long since, long until) {
            Recollection.Plan plan = new Recollection.Plan(version.rule, version.before);
            Matches sequences = new Matches();
            sequences.watch(plan.sequences());
            return new Awaited(
                    new Recollection(plan, new SegmentState("u"), sequences, since), sequences, since, until);
        }
    }

    private record Past(long at, Fact fact, UserProfile profile) {}

    private final TreeMap<Long, List<Version>> periods = new TreeMap<>();
    private final Map<List<Object>, SegmentEngine> engines = new HashMap<>();
    private final Set<Long> filled = new HashSet<>();
    private final List<Past> past = new ArrayList<>();
    private final Map<Long, Awaited> awaited = new TreeMap<>();
    private final List<Shown> log = new ArrayList<>();
    private final Matches matches = new Matches();
    private SegmentState state = new SegmentState("u");
    private @Nullable SegmentState base;
    private @Nullable SegmentInstant instant;
    private boolean anew = true;
    private long now = Long.MIN_VALUE;
    private long numbers;
    private UserProfile profile = UserProfile.UNKNOWN;
    SegmentChanges told = SegmentChanges.NONE;

    Waiting(List<SegmentRule> rules) {
        periods.put(Long.MIN_VALUE, versions(rules, List.of(), false));
        matches.watch(sequences());
    }

    private List<Version> versions(List<SegmentRule> rules, List<Version> known, boolean late) {
        List<SegmentRule> before = known.stream()
                .filter(version -> !version.awaits || filled.contains(version.number))
                .map(Version::rule)
                .filter(rule -> !held(now).contains(rule.id()))
                .toList();
        Set<String> waiting = late ? Set.copyOf(held(now)) : Set.of();
        Map<String, Version> versions = new TreeMap<>();
        for (SegmentRule rule : rules) {
            known.stream()
                    .filter(version -> version.rule.equals(rule))
                    .forEach(version -> versions.put(rule.id(), version));
            if (!versions.containsKey(rule.id())) {
                boolean awaits = late && HistoryNeeds.of(rule, before, waiting).any();
                versions.put(rule.id(), new Version(rule, ++numbers, awaits, before));
            }
        }
        return rules.stream().map(rule -> versions.get(rule.id())).toList();
    }

    @Override
    public SegmentEngine at(long instant) {
        List<String> held = held(instant);
        List<SegmentRule> rules = periods.floorEntry(instant).getValue().stream()
                .map(Version::rule)
                .filter(rule -> !held.contains(rule.id()))
                .toList();
        return engines.computeIfAbsent(
                List.of(rules, held), key -> new SegmentEngine(rules, List.of(), Set.copyOf(held)));
    }

    @Override
    public List<String> held(long instant) {
        List<Version> versions = periods.floorEntry(instant).getValue();
        List<SegmentRule> rules = versions.stream().map(Version::rule).toList();
        Set<String> waiting = new HashSet<>();
        versions.stream()
                .filter(version -> version.awaits && !filled.contains(version.number))
                .forEach(version -> waiting.add(version.rule.id()));
        return List.copyOf(HistoryNeeds.waitingToo(rules, waiting));
    }

    @Override
    public boolean isFilled(long revision) {
        return filled.contains(revision);
    }

    /** Those of segments that wait too: what was looked for before may be under way. */
    private List<Sequence> sequences() {
        List<SegmentRule> rules =
                periods.floorEntry(now).getValue().stream().map(Version::rule).toList();
        return new SegmentEngine(List.of(), rules).sequences();
    }

    boolean waits() {
        return !waiting(now).isEmpty();
    }

    private List<Version> waiting(long instant) {
        return periods.floorEntry(instant).getValue().stream()
                .filter(version -> version.awaits && !filled.contains(version.number))
                .toList();
    }

    /** Whether other rules of these would end or replace a version that waits. */
    boolean wouldReplaceWhatWaits(List<SegmentRule> rules) {
        List<String> held = held(now);
        return periods.floorEntry(now).getValue().stream()
                .filter(version -> held.contains(version.rule.id()))
                .anyMatch(version -> !rules.contains(version.rule));
    }

    void comeTo(long millis) {
        settle();
        for (long due = matches.nextDue(); due < millis; due = matches.nextDue()) {
            now = due;
            matchesOfTime();
            settle();
        }
        now = millis;
        anew = true;
    }

    private SegmentInstant turn() {
        if (instant == null) {
            instant = at(now).open(state, now);
        }
        return instant;
    }

    void settle() {
        if (instant != null) {
            told = told.then(instant.settle());
            instant = null;
        }
        anew = true;
    }

    void show(Input input) {
        if (input instanceof Input.Ruled ruled) {
            rules(ruled.rules());
            matchesOfTime();
        } else if (input instanceof Input.Took took) {
            take(took);
        } else if (input instanceof Input.Profiled profiled) {
            profile = profiled.profile();
            log(Shown.profile(now, anew, profile, true));
            turn().takeProfile(profile);
        } else if (input instanceof Input.Risked risked) {
            log(Shown.risk(now, anew, risked.level()));
            turn().takeRisk(risked.level());
        } else if (input instanceof Input.Closed) {
            settle();
            log(Shown.closed(now));
            told = told.then(at(now).close(state, now, SegmentChange.Reason.CONSENT));
        }
    }

    void matchesOfTime() {
        if (matches.nextDue() <= now) {
            matches.advance(now).forEach(found -> match(found, null));
        }
    }

    private void take(Input.Took took) {
        Fact fact = took.fact();
        boolean inOrder = fact.millis() == now;
        past.add(new Past(now, fact, profile));
        if (inOrder) {
            matches.accept(fact, profile).forEach(found -> match(found, fact.eventId()));
        }
        log(Shown.fact(now, anew, fact, true, inOrder));
        turn().take(fact, profile);
    }

    private void match(Recollection.Found found, @Nullable String cause) {
        log(Shown.match(now, anew, found.sequence(), found.first(), cause));
        turn().takeMatch(found.sequence(), found.first(), cause);
    }

    private void log(Shown shown) {
        if (base != null) {
            log.add(shown);
            anew = false;
        }
    }

    private void rules(List<SegmentRule> rules) {
        SegmentEngine before = at(now - 1);
        told = told.then(before.advance(state, now - 1));
        List<Version> versions = versions(rules, periods.floorEntry(now).getValue(), true);
        periods.put(now, versions);
        List<Long> anew = new ArrayList<>();
        for (Version version : waiting(now)) {
            if (awaited.putIfAbsent(version.number, Awaited.of(version, state.exists() ? state.existsSince : now, now))
                    == null) {
                anew.add(version.number);
            }
        }
        if (base == null && !anew.isEmpty()) {
            base = SegmentState.fromBytes("u", state.toBytes());
        }
        log(Shown.rules(now, profile, held(now), anew));
        matches.watch(sequences());
        instant = at(now).adopt(state, profile, now, before);
    }

    /** History is read for all that wait now; the numbers of those that it was read for. */
    Set<Long> recall() {
        Set<Long> pass = new HashSet<>();
        for (Version version : waiting(now)) {
            Awaited known = Objects.requireNonNull(awaited.get(version.number));
            Awaited fresh = Awaited.of(version, known.since, known.until);
            pass.add(version.number);
            awaited.put(version.number, fresh);
            past.stream()
                    .filter(fact -> fact.at < fresh.until)
                    .forEach(fact ->
                            fresh.recollection.take(fact.fact, fact.profile, fact.at, fact.fact.millis() == fact.at));
        }
        return pass;
    }

    /** The pass is over. The user's place is the end of the present instant. */
    void fill(Set<Long> pass) {
        settle();
        told = told.then(at(now).advance(state, now));
        filled.addAll(pass);
        if (base == null) {
            return;
        }
        Map<Long, Recollection> recollections = new HashMap<>();
        awaited.forEach((number, recalled) -> recollections.put(number, recalled.recollection));
        Retelling.Retold retold = new Retelling(base, recollections, false, this).tell(List.copyOf(log), state, now);
        state = retold.state();
        told = told.then(retold.changes());
        base = retold.rest() == null ? null : retold.rest().base();
        log.clear();
        if (retold.rest() != null) {
            log.addAll(retold.rest().log());
        }
        for (long number : pass) {
            matches.takeOver(Objects.requireNonNull(awaited.remove(number)).sequences);
        }
        matches.watch(sequences());
    }

    void end(long through) {
        comeTo(through);
        matchesOfTime();
        settle();
        told = told.then(at(now).advance(state, through));
    }
}

package dev.tideline.job.worlds;

import dev.tideline.job.worlds.Ask.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be told of one user: everything is kept, and at every instant at which anything can change, and after each thing
 * that bears it, everything is counted again. Segments that come later count what was before them as if they had always
 * been there.
 */
final class Recount {
    private static final List<String> LEVELS = List.of("AMBER", "RED", "CRISIS");

    private final World world;
    private final String user;
    private final List<Told> told = new ArrayList<>();

    private final Map<String, Long> since = new TreeMap<>();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    private final List<Sight> counted = new ArrayList<>();
    private final List<Sight> followed = new ArrayList<>();
    private final Map<Tree.Sequence, Known> known = new HashMap<>();
    private final Map<String, String> profile = new HashMap<>();
    private final Map<String, java.time.Instant> profileSince = new HashMap<>();
    private Set<String> allowed = Set.copyOf(Deed.PURPOSES);
    private boolean exists;
    private int risk = -1;
    private long erasedBefore = Long.MIN_VALUE;

    private Map<String, Ruling> rules = Map.of();
    private Set<String> now = new TreeSet<>();
    private Map<String, Blame> blames = new HashMap<>();

    private record Blame(String reason, @Nullable String cause) {}

    private record Known(int facts, List<Matches.Match> matches) {}

    private Recount(World world, String user) {
        this.world = world;
        this.user = user;
    }

    /** All changes of the user's; the name of a segment in shadow begins with a tilde. */
    static List<Told> of(World world, String user, Lane.Taking taking) {
        Recount recount = new Recount(world, user);
        recount.live(Lane.of(world, user, taking));
        return recount.told;
    }

    /** What readers are told of all users. */
    static List<Told> of(World world, Lane.Taking taking) {
        List<Told> all = new ArrayList<>();
        world.users().forEach(user -> all.addAll(of(world, user, taking)));
        return all.stream().filter(one -> !one.segment().startsWith("~")).toList();
    }

    private void live(List<Stride> strides) {
        TreeMap<Long, List<Stride>> instants = new TreeMap<>();
        strides.forEach(stride -> instants.computeIfAbsent(stride.place(), at -> new ArrayList<>())
                .add(stride));
        world.rulings().forEach(ruling -> instants.computeIfAbsent(ruling.at(), at -> new ArrayList<>()));
        List<Long> windows = windows();
        for (Stride stride : strides) {
            times(stride)
                    .forEach(time -> windows.forEach(window -> {
                        if (time + window > stride.place()) {
                            instants.computeIfAbsent(time + window, at -> new ArrayList<>());
                        }
                    }));
        }
        instants.headMap(world.until(), true).forEach(this::instant);
    }

    private List<Long> windows() {
        Set<Long> windows = new HashSet<>();
        world.rulings().stream()
                .filter(ruling -> ruling.when() != null)
                .flatMap(ruling -> ruling.when().all())
                .forEach(part -> {
                    if (part instanceof Tree.Performed performed && performed.minutes() != null) {
                        windows.add(performed.minutes() * Tree.MINUTE);
                    } else if (part instanceof Tree.Sequence sequence) {
                        windows.add(sequence.minutes() * Tree.MINUTE);
                    }
                });
        return List.copyOf(windows);
    }

    private static List<Long> times(Stride stride) {
        if (stride.what() instanceof Stride.Facts facts) {
            return List.of(facts.facts().get(0).millis());
        }
        return stride.what() instanceof Stride.Closed ? List.of(stride.place()) : List.of();
    }

    private void instant(long at, List<Stride> strides) {
        Set<String> before = Set.copyOf(now);
        blames = new HashMap<>();
        Map<String, Ruling> next = Rulings.inForce(world.rulings(), at);
        if (!next.equals(rules)) {
            expireBeforeRules(at, next);
            rules = next;
            turn(at, new Blame("rule", null));
        } else {
            turn(at, new Blame("expiry", null));
        }
        for (Stride stride : strides) {
            if (stride.what() instanceof Stride.Consent consent) {
                emit(at, before);
                consent(at, consent.purposes());
                before = Set.copyOf(now);
            } else if (stride.what() instanceof Stride.Erasure) {
                emit(at, before);
                erase(at);
                before = Set.of();
            } else {
                take(at, stride);
            }
        }
        emit(at, before);
    }

    /** Time itself comes before rules: what they leave as it is may still expire. */
    private void expireBeforeRules(long at, Map<String, Ruling> next) {
        Set<String> held = new HashSet<>();
        Set<String> ids = new TreeSet<>(rules.keySet());
        ids.addAll(next.keySet());
        ids.stream().filter(id -> !Objects.equals(rules.get(id), next.get(id))).forEach(held::add);
        Set<String> after = new TreeSet<>();
        for (Ruling ruling : rules.values()) {
            boolean member = held.contains(ruling.id()) ? now.contains(key(ruling)) : exists && holds(ruling, at, held);
            if (member) {
                after.add(key(ruling));
            }
        }
        blame(after, new Blame("expiry", null));
    }

    private void take(long at, Stride stride) {
        if (stride.what() instanceof Stride.Patch patch) {
            patch.fields().forEach((field, value) -> {
                java.time.Instant newest = profileSince.get(field);
                if (newest == null || !stride.at().isBefore(newest)) {
                    profileSince.put(field, stride.at());
                    profile.put(field, value);
                }
            });
            if (allowed.contains("segmentation")) {
                exists = true;
                turn(at, new Blame("profile", null));
            }
        } else if (stride.what() instanceof Stride.Closed closed) {
            if (closed.start() >= erasedBefore) {
                fact(at, closed.session(), "");
            }
        } else if (stride.what() instanceof Stride.Facts facts) {
            facts.facts().forEach(fact -> fact(at, fact, fact.kind().equals("alarm") ? facts.alarm() : ""));
        }
    }

    private void fact(long at, Sight plain, String alarm) {
        Sight fact = plain.of(view());
        Blame blame = new Blame("event", fact.event() ? fact.id() : null);
        boolean segmentation = allowed.contains("segmentation");
        if (segmentation && !fact.late() && (exists || fact.event())) {
            followed.add(fact);
            turn(at, blame);
        }
        if (!alarm.isEmpty() && allowed.contains("risk_detection")) {
            risk = Math.max(risk, LEVELS.indexOf(alarm));
            turn(at, new Blame("risk", null));
        }
        if (segmentation && (exists || fact.event())) {
            exists = true;
            counted.add(fact);
            turn(at, blame);
        }
    }

    /** What is known of the user; what was removed is not there. */
    private Map<String, String> view() {
        Map<String, String> view = new HashMap<>(profile);
        view.values().removeIf(String::isEmpty);
        return Map.copyOf(view);
    }

    private void consent(long at, Set<String> purposes) {
        boolean ends = allowed.contains("segmentation") && !purposes.contains("segmentation");
        boolean begins = !allowed.contains("segmentation") && purposes.contains("segmentation");
        boolean endsRisk = allowed.contains("risk_detection") && !purposes.contains("risk_detection");
        allowed = Set.copyOf(purposes);
        if (ends) {
            close(at, "consent");
        }
        Set<String> before = Set.copyOf(now);
        blames = new HashMap<>();
        if (begins && !profile.isEmpty()) {
            exists = true;
            turn(at, new Blame("profile", null));
        }
        if (endsRisk) {
            risk = -1;
            turn(at, new Blame("risk", null));
        }
        emit(at, before);
    }

    private void erase(long at) {
        close(at, "erasure");
        numbers.clear();
        versions.clear();
        profile.clear();
        profileSince.clear();
        risk = -1;
        allowed = Set.copyOf(Deed.PURPOSES);
        erasedBefore = at + 1;
    }

    private void close(long at, String reason) {
        Set<String> before = Set.copyOf(now);
        now = new TreeSet<>();
        blames = new HashMap<>();
        before.forEach(key -> blames.put(key, new Blame(reason, null)));
        emit(at, before);
        exists = false;
        counted.clear();
        followed.clear();
        known.clear();
    }

    private void turn(long at, Blame blame) {
        Set<String> after = new TreeSet<>();
        for (Ruling ruling : rules.values()) {
            if (exists && holds(ruling, at, Set.of())) {
                after.add(key(ruling));
            }
        }
        blame(after, blame);
    }

    private void blame(Set<String> after, Blame blame) {
        Set<String> both = new HashSet<>(after);
        both.addAll(now);
        both.stream().filter(key -> after.contains(key) != now.contains(key)).forEach(key -> blames.put(key, blame));
        now = after;
    }

    private static String key(Ruling ruling) {
        return (ruling.shadow() ? "~" : "") + ruling.id();
    }

    /** @param held segments that are as they were before the instant */
    private boolean holds(Ruling ruling, long at, Set<String> held) {
        return holds(Objects.requireNonNull(ruling.when()), at, held);
    }

    private boolean holds(Tree tree, long at, Set<String> held) {
        if (tree instanceof Tree.All all) {
            return all.parts().stream().allMatch(part -> holds(part, at, held));
        } else if (tree instanceof Tree.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, at, held));
        } else if (tree instanceof Tree.Not not) {
            return !holds(not.part(), at, held);
        } else if (tree instanceof Tree.Performed performed) {
            long count = count(performed, at);
            return count >= performed.least() && (performed.most() == null || count <= performed.most());
        } else if (tree instanceof Tree.Profile asked) {
            return asked.ask().holds(new Look(null, null, view()));
        } else if (tree instanceof Tree.Risk asked) {
            return risk >= LEVELS.indexOf(asked.level());
        } else if (tree instanceof Tree.Sequence sequence) {
            return matches(sequence).stream().anyMatch(match -> at - sequence.minutes() * Tree.MINUTE < match.first());
        }
        String id = ((Tree.Segment) tree).id();
        if (held.contains(id)) {
            return now.contains(id);
        }
        return holds(Objects.requireNonNull(rules.get(id)), at, held);
    }

    private long count(Tree.Performed performed, long at) {
        return counted.stream()
                .filter(fact -> fact.kind().equals(performed.kind()))
                .filter(fact -> performed.where() == null || performed.where().holds(new Look(fact, null, fact.user())))
                .filter(fact -> fact.millis() <= at
                        && (performed.minutes() == null || at - performed.minutes() * Tree.MINUTE < fact.millis()))
                .count();
    }

    private List<Matches.Match> matches(Tree.Sequence sequence) {
        Known before = known.get(sequence);
        if (before == null || before.facts() != followed.size()) {
            before = new Known(followed.size(), Matches.of(sequence, followed));
            known.put(sequence, before);
        }
        return before.matches();
    }

    private void emit(long at, Set<String> before) {
        rules.values().forEach(ruling -> versions.put(key(ruling), ruling.version()));
        Set<String> both = new TreeSet<>(before);
        both.addAll(now);
        for (String key : both) {
            boolean entered = now.contains(key);
            if (entered == before.contains(key)) {
                continue;
            }
            if (entered) {
                since.put(key, at);
            }
            Blame blame = Objects.requireNonNull(blames.get(key));
            told.add(new Told(
                    user,
                    key,
                    numbers.merge(key, 1L, Long::sum),
                    entered,
                    at,
                    Objects.requireNonNull(versions.get(key)),
                    blame.reason(),
                    blame.cause(),
                    Objects.requireNonNull(since.get(key)),
                    entered ? expiry(key, at) : null));
        }
        blames = new HashMap<>();
    }

    /** Tries every instant of the future at which a count may fall, with all else as it is. */
    private @Nullable Long expiry(String key, long at) {
        Ruling ruling = Objects.requireNonNull(rules.get(key.startsWith("~") ? key.substring(1) : key));
        TreeSet<Long> later = new TreeSet<>();
        for (long window : windows()) {
            counted.forEach(fact -> later.add(fact.millis() + window));
        }
        for (long instant : later.tailSet(at, false)) {
            if (!holds(ruling, instant, Set.of())) {
                return instant;
            }
        }
        return null;
    }
}

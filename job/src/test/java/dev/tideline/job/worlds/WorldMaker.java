package dev.tideline.job.worlds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes worlds from seeds. Most things happen on full minutes, and windows are of whole minutes, so that instants meet all
 * the time.
 */
final class WorldMaker {
    static final long BEGIN = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final int LENGTH = 300;

    /** Nothing else bears one of these instants. */
    static final List<Long> CUTS = List.of(cut(80, 1), cut(161, 2), cut(239, 3));

    private static final int KEEPER = 99;

    private final Random random;
    private final long seed;
    private final Options options;
    private final WorldTrees trees;
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Ruling> rulings = new ArrayList<>();
    private final List<Long> cuts = new ArrayList<>();
    private int segments;

    /**
     * What worlds may hold.
     *
     * @param late things that come when time has passed them
     * @param history rules that ask in the middle for what nobody asked before
     * @param apart consent to segments without consent to being watched, and the other way round
     * @param together consent and erasure at {@link #CUTS} only
     */
    record Options(boolean late, boolean history, boolean apart, boolean together) {}

    private WorldMaker(long seed, Options options) {
        this.seed = seed;
        this.options = options;
        random = new Random(seed * 7919 + 17);
        trees = new WorldTrees(random);
    }

    private static long cut(int minute, int second) {
        return BEGIN + minute * Tree.MINUTE + second * 1000L;
    }

    /** Whether it is the one that asks for all that others may ask for. */
    static boolean keeps(Ruling ruling) {
        return ruling.id().endsWith("-s" + KEEPER);
    }

    static World make(long seed, Options options) {
        return new WorldMaker(seed, options).world();
    }

    private World world() {
        rules();
        List<String> users = new ArrayList<>();
        int number = 1 + random.nextInt(3);
        for (int i = 0; i < number; i++) {
            String user = String.format("%08x-0000-4000-8000-%012x", seed, i + 1);
            users.add(user);
            person(user);
        }
        Map<Deed, Long> places = new HashMap<>();
        deeds.forEach(deed -> places.put(deed, placeInLine(deed)));
        List<Deed> arriving = new ArrayList<>(deeds);
        arriving.sort(Comparator.<Deed>comparingLong(this::cut)
                .thenComparing(deed -> !isPrivacy(deed))
                .thenComparing(places::get));
        long until = BEGIN + (LENGTH + random.nextInt(60)) * Tree.MINUTE;
        return new World(seed, List.copyOf(users), List.copyOf(arriving), List.copyOf(rulings), until);
    }

    private static boolean isPrivacy(Deed deed) {
        return deed instanceof Deed.Consented || deed instanceof Deed.Erased;
    }

    /** Things arrive up to half an hour out of order, but not across what takes effect on arrival. */
    private long placeInLine(Deed deed) {
        return isPrivacy(deed) ? deed.place() : deed.place() + random.nextInt(30) * Tree.MINUTE;
    }

    private long cut(Deed deed) {
        return cuts.stream().filter(cut -> cut <= deed.place()).count();
    }

    private void rules() {
        if (!options.history()) {
            rulings.add(new Ruling(Ruling.START, name(KEEPER), 1, false, true, trees.keeper()));
        }
        int first = 2 + random.nextInt(4);
        for (int i = 0; i < first; i++) {
            come(Ruling.START);
        }
        List<Long> turns = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            turns.add(BEGIN + random.nextInt(LENGTH) * Tree.MINUTE + (random.nextInt(4) == 0 ? 1 : 0));
        }
        turns.stream().sorted().forEach(this::change);
    }

    private String name(int index) {
        return "w" + seed + "-s" + index;
    }

    private void come(long at) {
        int index = segments++;
        rule(at, index, random.nextInt(8) == 0, random.nextInt(12) > 0);
    }

    private void rule(long at, int index, boolean shadow, boolean enabled) {
        Tree tree = trees.tree(nameable(at, index));
        rulings.add(new Ruling(at, name(index), version(index) + 1, shadow, enabled, tree));
    }

    /** Segments that are live then, and come before this one, so that there are no circles. */
    private List<String> nameable(long at, int index) {
        Map<String, Ruling> inForce = Rulings.inForce(rulings, at);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < index; i++) {
            Ruling ruling = inForce.get(name(i));
            if (ruling != null && !ruling.shadow()) {
                names.add(name(i));
            }
        }
        return names;
    }

    private int version(int index) {
        return rulings.stream()
                .filter(ruling -> ruling.id().equals(name(index)))
                .mapToInt(Ruling::version)
                .max()
                .orElse(0);
    }

    private @Nullable Ruling latest(int index) {
        Ruling latest = null;
        for (Ruling ruling : rulings) {
            latest = ruling.id().equals(name(index)) ? ruling : latest;
        }
        return latest;
    }

    private void change(long at) {
        int index = random.nextInt(segments);
        Ruling before = latest(index);
        if (before == null || before.at() == at || random.nextInt(5) == 0) {
            come(at);
            return;
        }
        Tree tree = before.when();
        int version = before.version();
        switch (random.nextInt(6)) {
            case 0 -> {
                if (tree != null) {
                    rulings.add(new Ruling(at, before.id(), version, false, true, null));
                }
            }
            case 1 -> {
                if (tree != null && stands(at, before)) {
                    boolean enabled = !before.enabled();
                    rulings.add(new Ruling(at, before.id(), version + 1, before.shadow(), enabled, tree));
                }
            }
            case 2 -> {
                if (tree != null && stands(at, before)) {
                    rulings.add(new Ruling(at, before.id(), version + 1, !before.shadow(), true, tree));
                }
            }
            default -> rule(at, index, before.shadow(), true);
        }
    }

    /** Whether all that it names is live, so that another version of it need not wait while this one goes on. */
    private boolean stands(long at, Ruling ruling) {
        Map<String, Ruling> inForce = Rulings.inForce(rulings, at);
        return Rulings.names(ruling).stream().allMatch(id -> {
            Ruling named = inForce.get(id);
            return named != null && !named.shadow();
        });
    }

    private void person(String user) {
        List<Deed.Did> done = new ArrayList<>();
        int events = 15 + random.nextInt(25);
        int minute = random.nextInt(60);
        if (random.nextInt(3) == 0) {
            patch(user, Math.max(0, minute - random.nextInt(20)));
        }
        for (int i = 0; i < events && minute < LENGTH; i++) {
            Deed.Did did = did(user, minute, done);
            done.add(did);
            deeds.add(did);
            if (random.nextInt(9) == 0) {
                patch(user, minute - random.nextInt(3));
            }
            minute += switch (random.nextInt(10)) {
                case 0, 1 -> 0;
                case 2 -> 29 + random.nextInt(3);
                default -> 1 + random.nextInt(14);
            };
        }
        if (random.nextInt(5) == 0) {
            privacy(user);
        }
    }

    private void privacy(String user) {
        int next = random.nextInt(CUTS.size());
        long at = options.together()
                ? CUTS.get(next)
                : BEGIN + random.nextInt(LENGTH) * Tree.MINUTE + 20_000 + cuts.size();
        if (random.nextInt(3) == 0) {
            cuts.add(at);
            deeds.add(new Deed.Erased(user, Instant.ofEpochMilli(at)));
            return;
        }
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            Set<String> purposes = new java.util.TreeSet<>(Deed.PURPOSES);
            if (left > 1 || random.nextBoolean()) {
                purposes.removeIf(purpose -> random.nextInt(3) == 0);
            }
            if (!options.apart() && purposes.size() < Deed.PURPOSES.size()) {
                purposes.clear();
            }
            cuts.add(at);
            deeds.add(new Deed.Consented(user, Instant.ofEpochMilli(at), purposes));
            if (options.together() && ++next == CUTS.size()) {
                return;
            }
            at = options.together() ? CUTS.get(next) : at + (1 + random.nextInt(90)) * Tree.MINUTE + 7;
        }
    }

    private Instant at(int minute) {
        Instant full = Instant.ofEpochMilli(BEGIN + minute * Tree.MINUTE);
        return switch (random.nextInt(12)) {
            case 0 -> full.plusMillis(1);
            case 1 -> full.minusMillis(1);
            case 2 -> full.plusNanos(500_000);
            default -> full;
        };
    }

    private long place(Instant at) {
        boolean late = options.late() && random.nextInt(12) == 0;
        return at.toEpochMilli() + (late ? (1 + random.nextInt(50)) * Tree.MINUTE + 10_000 + random.nextInt(5000) : 0);
    }

    private Deed.Did did(String user, int minute, List<Deed.Did> before) {
        boolean again = !before.isEmpty() && random.nextInt(14) == 0;
        String id = again
                ? before.get(random.nextInt(before.size())).id()
                : new UUID(random.nextLong(), random.nextLong()).toString();
        Instant at = at(minute);
        Map<String, Object> said = new HashMap<>();
        String kind = switch (random.nextInt(12)) {
            case 0 -> "alarm";
            case 1 -> "survey_response";
            default -> WorldTrees.KINDS.get(random.nextInt(3));
        };
        if (kind.equals("alarm")) {
            said.put("level", List.of("AMBER", "RED", "CRISIS").get(random.nextInt(3)));
        } else if (kind.equals("survey_response")) {
            said.put("instrument", random.nextBoolean() ? "PHQ-9" : "GAD-7");
            said.put("score", random.nextInt(12));
        } else {
            say(said);
        }
        return new Deed.Did(user, at, place(at), id, kind, Map.copyOf(said));
    }

    private void say(Map<String, Object> said) {
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 -> said.put("v", "3");
            case 2 -> said.put("v", random.nextInt(4) + 0.5);
            default -> said.put("v", random.nextInt(5));
        }
        if (random.nextBoolean()) {
            said.put("s", random.nextBoolean() ? "x" : "y");
        }
    }

    private void patch(String user, int minute) {
        Map<String, String> fields = new HashMap<>();
        if (random.nextInt(6) > 0) {
            fields.put("user.account_type", random.nextBoolean() ? "free" : "paid");
        }
        if (random.nextBoolean()) {
            fields.put("properties.tier", List.of("gold", "lead", "").get(random.nextInt(3)));
        }
        Instant at = at(Math.max(0, minute));
        deeds.add(new Deed.Patched(user, at, place(at), Map.copyOf(fields)));
    }
}

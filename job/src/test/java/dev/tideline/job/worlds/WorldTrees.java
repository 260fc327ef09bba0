package dev.tideline.job.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random conditions, nested up to four deep, over a few leaves that come again and again. */
final class WorldTrees {
    static final List<String> KINDS = List.of("opened", "bought", "asked");
    private static final List<String> COUNTED = List.of("opened", "opened", "bought", "asked", "session", "survey");
    private static final List<String> FOLLOWED = List.of("opened", "bought", "asked", "session", "survey");
    private static final List<Integer> WINDOWS = List.of(5, 10, 15, 20, 30, 45, 60);

    /** What a keeper asks for, so that all that other segments may ask for is kept. */
    static final int KEPT = 6;

    private final Random random;
    private final List<Tree.Performed> counts = new ArrayList<>();
    private final List<Tree.Sequence> sequences = new ArrayList<>();
    private boolean closed;

    WorldTrees(Random random) {
        this.random = random;
        for (int i = 0; i < 4; i++) {
            counts.add(counted());
        }
        sequences.add(sequence());
        sequences.add(sequence());
    }

    /** From now on no leaf that was not there before. */
    Tree keeper() {
        closed = true;
        List<Tree> all = new ArrayList<>();
        counts.forEach(leaf -> all.add(new Tree.Performed(leaf.kind(), leaf.where(), KEPT, KEPT, leaf.minutes())));
        all.addAll(sequences);
        return new Tree.Any(all);
    }

    /** @param segments ids that may be named */
    Tree tree(List<String> segments) {
        return tree(3, segments);
    }

    private Tree tree(int depth, List<String> segments) {
        if (depth > 0 && random.nextInt(4) > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Tree.All(parts(depth, segments));
                case 1 -> new Tree.Any(parts(depth, segments));
                default -> new Tree.Not(tree(depth - 1, segments));
            };
        }
        return switch (random.nextInt(12)) {
            case 0 -> new Tree.Profile(aboutUser());
            case 1 -> new Tree.Risk(pick(List.of("AMBER", "RED", "CRISIS")));
            case 2, 3 -> followed();
            case 4, 5 -> segments.isEmpty() ? performed() : new Tree.Segment(pick(segments));
            default -> performed();
        };
    }

    private List<Tree> parts(int depth, List<String> segments) {
        List<Tree> parts = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            parts.add(tree(depth - 1, segments));
        }
        return parts;
    }

    private Tree followed() {
        if (!closed && random.nextInt(4) == 0) {
            sequences.add(sequence());
        }
        return pick(sequences);
    }

    private Tree performed() {
        if (!closed && random.nextInt(3) == 0) {
            counts.add(counted());
        }
        Tree.Performed leaf = pick(counts);
        int least = random.nextInt(4);
        Integer most = random.nextBoolean() ? Integer.valueOf(least + random.nextInt(2)) : null;
        return new Tree.Performed(
                leaf.kind(), leaf.where(), most == null ? Math.max(1, least) : least, most, leaf.minutes());
    }

    private Tree.Performed counted() {
        String kind = pick(COUNTED);
        Ask where = random.nextInt(3) == 0 ? null : about(kind, false);
        return new Tree.Performed(kind, where, 1, null, random.nextInt(6) == 0 ? null : pick(WINDOWS));
    }

    private Tree.Sequence sequence() {
        List<Tree.Step> steps = new ArrayList<>();
        int number = 1 + random.nextInt(3);
        for (int i = 0; i < number; i++) {
            Tree.Step before = i == 0 ? null : steps.get(i - 1);
            steps.add(step(i, before, i == number - 1));
        }
        return new Tree.Sequence(List.copyOf(steps), pick(List.of(20, 30, 45, 60, 90)));
    }

    private Tree.Step step(int index, Tree.@Nullable Step before, boolean last) {
        if (before == null) {
            return happening(index, null, pick(FOLLOWED), false, false);
        }
        boolean once = Integer.valueOf(1).equals(before.to());
        if (!last && once && !before.optional() && !before.negative() && random.nextInt(3) == 0) {
            String kind = pick(FOLLOWED);
            String absent = pick(List.of("not_next", "not_followed_by"));
            return new Tree.Step("s" + index, absent, kind, maybeAbout(kind, false), 1, 1, false, false, null);
        }
        // What follows an absence is of another kind, so that nothing is both.
        String kind = other(before.negative() ? before.on() : "");
        boolean same = !before.negative() && before.on().equals(kind);
        boolean optional = !last && !before.negative() && random.nextInt(3) == 0;
        return happening(index, pick(List.of("next", "followed_by", "followed_by_any")), kind, same, optional);
    }

    private Tree.Step happening(int index, @Nullable String contiguity, String kind, boolean same, boolean optional) {
        Ask where = maybeAbout(kind, same);
        int from = random.nextInt(3) == 0 ? 2 : 1;
        Integer to = from == 1 ? Integer.valueOf(1) : random.nextBoolean() ? Integer.valueOf(2) : null;
        boolean consecutive = from > 1 && random.nextInt(3) == 0;
        Ask until = contiguity == null && to == null && random.nextBoolean() ? Ask.compare("context.v", "==", 4) : null;
        return new Tree.Step("s" + index, contiguity, kind, where, from, to, optional, consecutive, until);
    }

    private String other(String kind) {
        String found = pick(FOLLOWED);
        while (found.equals(kind)) {
            found = pick(FOLLOWED);
        }
        return found;
    }

    private @Nullable Ask maybeAbout(String kind, boolean previous) {
        return random.nextInt(3) == 0 ? null : about(kind, previous);
    }

    private Ask about(String kind, boolean previous) {
        if (previous && random.nextInt(3) == 0 && KINDS.contains(kind)) {
            return Ask.comparePrevious("context.v", pick(List.of(">", "<=", "==")));
        }
        Ask one = simple(kind);
        return switch (random.nextInt(6)) {
            case 0 -> one.and(simple(kind));
            case 1 -> one.or(aboutUser());
            case 2 -> one.not();
            default -> one;
        };
    }

    private Ask simple(String kind) {
        if (kind.equals("session")) {
            return random.nextBoolean()
                    ? Ask.compare("session.events", ">=", 1 + random.nextInt(4))
                    : Ask.shorterThan(5 + random.nextInt(20));
        }
        if (kind.equals("survey")) {
            return random.nextInt(3) == 0
                    ? Ask.text("survey.instrument", "==", "PHQ-9")
                    : Ask.compare("survey.score", pick(List.of(">", "<=")), random.nextInt(10));
        }
        return switch (random.nextInt(6)) {
            case 0 -> Ask.text("context.s", pick(List.of("==", "!=")), "x");
            case 1 -> Ask.user("user.account_type", "==", "free");
            case 2 -> Ask.compare("context.v", pick(List.of("==", "!=")), random.nextInt(4));
            default -> Ask.compare("context.v", pick(List.of(">", ">=", "<", "<=")), random.nextInt(4));
        };
    }

    private Ask aboutUser() {
        Ask account = Ask.user("user.account_type", pick(List.of("==", "!=")), pick(List.of("free", "paid")));
        Ask tier = Ask.user("properties.tier", pick(List.of("==", "!=")), "gold");
        return switch (random.nextInt(5)) {
            case 0 -> tier;
            case 1 -> account.or(tier);
            case 2 -> account.not();
            default -> account;
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

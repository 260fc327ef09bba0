package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Condition;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.SegmentRule;
import dev.tideline.patterns.rule.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A seeded world: rules nested up to four deep, and one user's life under them, dense enough for instants to coincide. */
final class SegmentWorld {
    static final long LENGTH = 160;
    static final long LONGEST_WINDOW = 30;
    private static final List<String> KINDS = List.of("a", "b", Fact.Derived.SESSION);
    private static final List<String> ACCOUNTS = List.of("free", "paid");

    private final Random random;
    private UserProfile profile = UserProfile.UNKNOWN;
    private int version = 1;
    private int facts;
    private boolean chains;

    SegmentWorld(long seed) {
        random = new Random(seed);
    }

    /** A world whose sequences have two steps and are looked for in the facts. */
    static SegmentWorld ofChains(long seed) {
        SegmentWorld world = new SegmentWorld(seed);
        world.chains = true;
        return world;
    }

    List<SegmentRule> rules() {
        List<SegmentRule> rules = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            boolean enabled = random.nextInt(12) > 0;
            boolean shadow = random.nextInt(6) == 0;
            Header header =
                    new Header(Header.Kind.SEGMENT, "s" + i, version, "s" + i, "", enabled, shadow, Long.MIN_VALUE);
            rules.add(random.nextInt(rules.size() + 1), new SegmentRule(header, condition(3, i)));
        }
        version++;
        return rules;
    }

    private Condition condition(int depth, int segments) {
        if (depth > 0 && random.nextInt(4) > 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Condition.All(parts(depth, segments));
                case 1 -> new Condition.Any(parts(depth, segments));
                default -> new Condition.Not(condition(depth - 1, segments));
            };
        }
        return switch (random.nextInt(10)) {
            case 0 -> new Condition.Profile(Told.accountIs(pick(ACCOUNTS)));
            case 1 -> new Condition.AtRisk(Level.values()[random.nextInt(3)]);
            case 2 -> new Condition.Followed(sequence());
            case 3 -> new Condition.InSegment("s" + (segments == 0 ? 99 : random.nextInt(segments)));
            default -> performed();
        };
    }

    private List<Condition> parts(int depth, int segments) {
        List<Condition> parts = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            parts.add(condition(depth - 1, segments));
        }
        return parts;
    }

    private Condition performed() {
        int least = random.nextInt(4);
        Integer most = random.nextBoolean() ? least + random.nextInt(3) : null;
        Told where = switch (random.nextInt(4)) {
            case 0 -> Told.contextIs("1");
            case 1 -> Told.accountIs("free");
            default -> null;
        };
        Long within = random.nextInt(6) == 0 ? null : 1 + (long) random.nextInt((int) LONGEST_WINDOW / 10) * 10;
        return new Condition.Performed(pick(KINDS), where, most == null ? Math.max(1, least) : least, most, within);
    }

    private Sequence sequence() {
        Sequence.Step step = new Sequence.Step(
                "one", Sequence.Contiguity.FOLLOWED_BY, pick(KINDS), null, 1, 1, false, false, false, null);
        long within = 5 + random.nextInt(3) * 10L;
        if (!chains) {
            return new Sequence(List.of(step), within);
        }
        Sequence.Contiguity contiguity = pick(List.of(
                Sequence.Contiguity.FOLLOWED_BY,
                Sequence.Contiguity.FOLLOWED_BY_ANY,
                Sequence.Contiguity.NEXT,
                Sequence.Contiguity.NOT_FOLLOWED_BY));
        Told where = random.nextBoolean() ? Told.accountIs("free") : null;
        Sequence.Step two = new Sequence.Step("two", contiguity, pick(KINDS), where, 1, 1, false, false, false, null);
        return new Sequence(List.of(step, two), within);
    }

    /** The user's life. A match may be of a sequence that nobody asks for. */
    List<Input.At> life(List<SegmentRule> rules) {
        List<Input.At> life = new ArrayList<>();
        List<SegmentRule> holding = rules;
        for (long t = 1 + random.nextInt(20); t < LENGTH; t += 1 + random.nextInt(6)) {
            List<Input> inputs = new ArrayList<>();
            if (random.nextInt(45) == 0) {
                inputs.add(new Input.Closed());
            } else {
                if (random.nextInt(30) == 0) {
                    holding = changed(holding);
                    inputs.add(new Input.Ruled(holding, profile));
                }
                for (int left = random.nextInt(4); left > 0; left--) {
                    inputs.add(input(t));
                }
            }
            life.add(new Input.At(t, inputs));
        }
        return life;
    }

    /** Some rules stay, some say something else, some go, some come. */
    private List<SegmentRule> changed(List<SegmentRule> rules) {
        List<SegmentRule> changed = new ArrayList<>(rules());
        rules.stream()
                .filter(rule -> random.nextBoolean())
                .filter(rule -> References.of(rule.when()).isEmpty())
                .forEach(rule -> {
                    changed.removeIf(other -> other.id().equals(rule.id()));
                    changed.add(rule);
                });
        return changed;
    }

    private Input input(long t) {
        return switch (random.nextInt(10)) {
            case 0 -> new Input.Profiled(newProfile());
            case 1 -> new Input.Risked(random.nextBoolean() ? null : Level.values()[random.nextInt(3)]);
            case 2 -> new Input.Matched(sequence(), t - random.nextInt(20), random.nextBoolean() ? "m" + t : null);
            default -> new Input.Took(fact(t), profile);
        };
    }

    private UserProfile newProfile() {
        profile = new UserProfile(pick(ACCOUNTS), null, null, null, Map.of());
        return profile;
    }

    private Fact fact(long t) {
        long time = random.nextInt(4) == 0 ? t - random.nextInt(40) : t;
        String context = random.nextBoolean() ? "1" : null;
        facts++;
        return fact(pick(KINDS), "f" + facts, time, context);
    }

    static Fact fact(String kind, String id, long time, @Nullable String context) {
        Instant at = Instant.ofEpochMilli(time);
        return new Fact(kind, id, "u", at, context, null, null, null, null, null, null, false, at);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

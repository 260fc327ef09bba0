package dev.tideline.job.rules.storm;

import dev.tideline.job.rules.storm.RuleSpec.Shape;
import dev.tideline.job.rules.storm.RuleSpec.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes to many rules in quick succession, the same for a seed: rules are added, replaced, switched off, put on trial and
 * removed; one in twenty is broken, some go back to an earlier version; segments come before those that they refer to, and
 * some would close a circle.
 */
public final class StormPlan {
    /** Slots that rules are about. */
    public static final int SLOTS = 60;

    /** Finds a probe of the slot after all others, from the beginning to the end: who is heard of by it is done. */
    public static final RuleSpec LAST = RuleSpec.live(Shape.SINGLE, "storm-last", 1, SLOTS, 0);

    /** Is there from the beginning to the end and never changes. */
    public static final RuleSpec STEADY = RuleSpec.live(Shape.SINGLE, "storm-steady", 1, 0, 90);

    private static final int SEGMENTS_OF_HUNDRED = 10;
    private static final int LOWEST_THRESHOLD = 60;

    private final Random random;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, RuleSpec> known = new TreeMap<>();
    private final Map<String, Integer> newest = new TreeMap<>();
    private final TreeSet<Integer> segmentsThatWait = new TreeSet<>();

    private StormPlan(long seed) {
        random = new Random(seed);
    }

    /**
     * Plans a storm.
     *
     * @param begin of the first change (epoch milliseconds)
     * @param stepMillis between one change and the next
     */
    public static List<Change> of(long seed, int count, long begin, long stepMillis) {
        StormPlan plan = new StormPlan(seed);
        for (int number = 0; number < count; number++) {
            plan.next(begin + number * stepMillis, number % 20 == 19);
        }
        return List.copyOf(plan.changes);
    }

    /** What is there before the storm, from long before its beginning. */
    public static List<Change> before(long begin) {
        return List.of(Change.of(begin - 86_400_000, LAST), Change.of(begin - 86_400_000 + 1, STEADY));
    }

    private void next(long at, boolean broken) {
        int slot = random.nextInt(SLOTS);
        Shape shape = slot % 3 == 2 ? Shape.PAIR : Shape.SINGLE;
        String id = (shape == Shape.PAIR ? "pair-" : "single-") + slot;
        if (broken) {
            int version = 1 + newest.getOrDefault(id, 0);
            changes.add(Change.broken(at, "pattern/" + id, BrokenDocuments.of(id, version, slot, random)));
        } else if (random.nextInt(100) < SEGMENTS_OF_HUNDRED) {
            changes.add(segment(at, slot % 10));
        } else {
            changes.add(pattern(at, shape, id, slot));
        }
    }

    private Change pattern(long at, Shape shape, String id, int slot) {
        RuleSpec before = known.get(id);
        int dice = random.nextInt(100);
        if (before != null && dice < 12) {
            known.remove(id);
            return Change.removal(at, before.key());
        }
        if (before != null && dice < 20) {
            int otherThreshold = before.threshold() == LOWEST_THRESHOLD ? 99 : before.threshold() - 1;
            return Change.of(at, RuleSpec.live(shape, id, before.version() - random.nextInt(2), slot, otherThreshold));
        }
        Standing standing = dice < 26 ? Standing.SHADOW : dice < 32 ? Standing.DISABLED : Standing.LIVE;
        int version = newest.merge(id, 1 + random.nextInt(2), Integer::sum);
        RuleSpec next = rule(shape, id, version, standing, slot);
        known.put(id, next);
        return Change.of(at, next);
    }

    private RuleSpec rule(Shape shape, String id, int version, Standing standing, int slot) {
        int threshold = LOWEST_THRESHOLD + random.nextInt(100 - LOWEST_THRESHOLD);
        return new RuleSpec(shape, id, version, standing, slot, threshold, null);
    }

    /** First the segment that refers to another, then the other, then versions of either. */
    private Change segment(long at, int number) {
        String refers = "refers-" + number;
        String other = "other-" + number;
        if (!newest.containsKey(refers)) {
            segmentsThatWait.add(number);
            return segment(at, refers, number, other);
        }
        if (segmentsThatWait.remove(number)) {
            return segment(at, other, number, null);
        }
        return switch (random.nextInt(3)) {
            case 0 -> Change.of(at, segmentSpec(other, newest.getOrDefault(other, 0) + 1, number, refers));
            case 1 -> segment(at, other, number, null);
            default -> segment(at, refers, number, other);
        };
    }

    private Change segment(long at, String id, int number, @Nullable String refersTo) {
        return Change.of(at, segmentSpec(id, newest.merge(id, 1, Integer::sum), number, refersTo));
    }

    private RuleSpec segmentSpec(String id, int version, int number, @Nullable String refersTo) {
        int threshold = LOWEST_THRESHOLD + random.nextInt(100 - LOWEST_THRESHOLD);
        return new RuleSpec(Shape.SEGMENT, id, version, Standing.LIVE, number, threshold, refersTo);
    }
}

package dev.tideline.patterns.segment;

import dev.tideline.patterns.rule.SegmentRule;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a user has to be asked when one engine takes the place of another: a change to one rule must not cost all of them.
 *
 * @param before the engine that is replaced; not kept alive by this
 * @param segments those that are new or say something else, and those that refer to one that came or went
 * @param profiles questions that were not asked before
 */
record Difference(@Nullable WeakReference<SegmentEngine> before, BitSet segments, List<ProfileLeaf> profiles) {

    /** Everything has to be asked. */
    static Difference all(SegmentEngine engine) {
        BitSet segments = new BitSet();
        segments.set(0, engine.segments().size());
        return new Difference(null, segments, engine.profiles());
    }

    static Difference between(SegmentEngine before, SegmentEngine after) {
        BitSet segments = new BitSet();
        for (CompiledSegment segment : after.segments()) {
            boolean same = saysTheSame(segment.rule(), before.segment(segment.stateKey()))
                    && References.of(segment.rule().when()).stream()
                            .allMatch(other -> isThereAsBefore(other, before, after));
            segments.set(segment.index(), !same);
        }
        Set<Long> asked = before.profiles().stream().map(ProfileLeaf::key).collect(Collectors.toSet());
        List<ProfileLeaf> profiles = after.profiles().stream()
                .filter(leaf -> !asked.contains(leaf.key()))
                .toList();
        return new Difference(new WeakReference<>(before), segments, profiles);
    }

    private static boolean isThereAsBefore(String id, SegmentEngine before, SegmentEngine after) {
        String shadow = CompiledSegment.SHADOW + id;
        return before.has(id) == after.has(id) && before.has(shadow) == after.has(shadow);
    }

    private static boolean saysTheSame(SegmentRule rule, @Nullable CompiledSegment other) {
        return other != null
                && rule.version() == other.rule().version()
                && rule.when().equals(other.rule().when());
    }

    boolean isTo(SegmentEngine engine) {
        return before != null && before.refersTo(engine);
    }
}

package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Level;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of whom nothing is known but that they exist: to say which segments are theirs, so that not every one of many has to
 * be asked when somebody comes.
 */
final class Beginning implements Node.View {
    private final boolean[] members;

    /** @param segments each after those that it refers to */
    Beginning(List<CompiledSegment> segments) {
        members = new boolean[segments.size()];
        for (CompiledSegment segment : segments) {
            members[segment.index()] = segment.when().holds(this);
        }
    }

    /** The numbers of the segments that the user belongs to. */
    int[] members() {
        int[] found = new int[members.length];
        int size = 0;
        for (int segment = 0; segment < members.length; segment++) {
            if (members[segment]) {
                found[size++] = segment;
            }
        }
        return Arrays.copyOf(found, size);
    }

    @Override
    public long count(int leaf) {
        return 0;
    }

    @Override
    public boolean profile(int leaf) {
        return false;
    }

    @Override
    public boolean member(int segment) {
        return members[segment];
    }

    @Override
    public @Nullable Level risk() {
        return null;
    }
}

package dev.tideline.patterns.segment;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one user stands with every segment that they ever entered, by state key; who is a member is also kept as a bit by the
 * number of the segment in the engine, which is what is asked most. Not safe for use by several threads.
 */
final class Memberships {
    private final Map<String, Membership> byKey;
    private long[] members = {};

    Memberships() {
        this(new HashMap<>());
    }

    private Memberships(Map<String, Membership> byKey) {
        this.byKey = byKey;
    }

    /** Lets the bits follow the numbers of this engine. */
    void bind(SegmentEngine engine) {
        members = new long[(engine.segments().size() + Long.SIZE - 1) / Long.SIZE];
        byKey.forEach((key, membership) -> {
            CompiledSegment segment = membership.member ? engine.segment(key) : null;
            if (segment != null) {
                set(segment.index(), true);
            }
        });
    }

    boolean isIn(int segment) {
        return (members[segment / Long.SIZE] & 1L << segment) != 0;
    }

    boolean isIn(String key) {
        Membership membership = byKey.get(key);
        return membership != null && membership.member;
    }

    @Nullable
    Membership get(String key) {
        return byKey.get(key);
    }

    void put(String key, Membership membership) {
        byKey.put(key, membership);
    }

    /** Forgets how the user stands with a segment; the bits have to be bound anew. */
    void remove(String key) {
        byKey.remove(key);
    }

    /** Makes the user a member of the segment, for the first time or again. */
    Membership enter(CompiledSegment segment) {
        Membership membership = byKey.computeIfAbsent(segment.stateKey(), key -> new Membership());
        membership.member = true;
        set(segment.index(), true);
        return membership;
    }

    /** Ends a membership, of a segment that the engine may no longer have. */
    void exit(Membership membership, @Nullable CompiledSegment segment) {
        membership.member = false;
        if (segment != null) {
            set(segment.index(), false);
        }
    }

    private void set(int segment, boolean member) {
        if (member) {
            members[segment / Long.SIZE] |= 1L << segment;
        } else {
            members[segment / Long.SIZE] &= ~(1L << segment);
        }
    }

    int size() {
        return byKey.size();
    }

    void forEach(BiConsumer<String, Membership> action) {
        byKey.forEach(action);
    }

    Memberships copy() {
        Map<String, Membership> copies = new HashMap<>();
        byKey.forEach((key, membership) -> copies.put(key, membership.copy()));
        Memberships copy = new Memberships(copies);
        copy.members = members.clone();
        return copy;
    }
}

package dev.tideline.patterns.segment;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one user stands with every segment that they ever entered, by state key; where they are a member is also kept by the
 * numbers of the segments in the engine, which is what is asked most. Not safe for use by several threads.
 */
final class Memberships {
    private final Map<String, Membership> byKey;
    private Numbers members = new Numbers();

    Memberships() {
        this(new HashMap<>());
    }

    private Memberships(Map<String, Membership> byKey) {
        this.byKey = byKey;
    }

    /** Takes up the numbers of this engine. */
    void bind(SegmentEngine engine) {
        members.clear();
        byKey.forEach((key, membership) -> {
            CompiledSegment segment = membership.member ? engine.segment(key) : null;
            if (segment != null) {
                members.add(segment.index());
            }
        });
    }

    boolean isIn(int segment) {
        return members.contains(segment);
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
        members.add(segment.index());
        return membership;
    }

    /** Ends a membership, of a segment that the engine may no longer have. */
    void exit(Membership membership, @Nullable CompiledSegment segment) {
        membership.member = false;
        if (segment != null) {
            members.remove(segment.index());
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
        copy.members = members.copy();
        return copy;
    }
}

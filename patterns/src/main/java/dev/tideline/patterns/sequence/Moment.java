package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The fact that is being shown to one user's sequences, and what predicates see of it. One object serves all facts, for
 * predicates are asked often. One thread.
 */
final class Moment implements Scope {
    private static final String[] NO_NAMES = {};

    private @Nullable SequenceState state;
    private @Nullable Fact fact;
    private @Nullable HeldFact held;
    private UserProfile user = UserProfile.UNKNOWN;
    private @Nullable Partial before;
    private String[] names = NO_NAMES;
    private long millis;
    private long tick;
    private boolean changed;

    /** From now on it is this fact. */
    void is(Fact shown, long atMillis, UserProfile profile, SequenceState owner) {
        state = owner;
        fact = shown;
        millis = atMillis;
        user = profile;
        held = null;
        before = null;
        tick++;
    }

    long millis() {
        return millis;
    }

    /** Different for every fact. */
    long tick() {
        return tick;
    }

    /** The fact, numbered, for a partial match that takes it. */
    HeldFact held() {
        HeldFact known = held;
        if (known == null) {
            known = numbered();
            held = known;
        }
        return known;
    }

    private HeldFact numbered() {
        if (state == null || fact == null) {
            throw new IllegalStateException("no fact is being shown");
        }
        if (state.user.isEmpty()) {
            state.user = fact.user();
        }
        return new HeldFact(state.nextNumber++, fact);
    }

    /** A sequence is shown the fact; its stages take facts under these names. */
    void before(String[] stages) {
        names = stages;
        changed = false;
    }

    /** Predicates are asked on behalf of this partial match; null = of one that would begin. */
    void of(@Nullable Partial partial) {
        before = partial;
    }

    /** The sequence's partial matches are not what they were. */
    void change() {
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    @Override
    public @Nullable Fact fact() {
        return fact;
    }

    @Override
    public UserProfile user() {
        return user;
    }

    @Override
    public @Nullable Fact previous() {
        return before == null ? null : before.last.fact();
    }

    @Override
    public @Nullable Fact step(String name) {
        for (Partial link = before; link != null; link = link.before) {
            if (names[link.length - 1].equals(name)) {
                return link.last.fact();
            }
        }
        return null;
    }
}

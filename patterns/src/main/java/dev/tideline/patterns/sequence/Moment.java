package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Recollection;
import dev.tideline.patterns.rule.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The fact that is being shown to one user's sequences, and what predicates see of it. Each fact has its own: to write into a
 * new object costs the collector nothing, into an old one it does. One thread.
 */
final class Moment implements Scope {
    private static final String[] NO_NAMES = {};

    private final Fact fact;
    private final long millis;
    private final UserProfile user;
    private final SequenceState state;
    private final long tick;
    private @Nullable HeldFact held;
    private @Nullable Earlier before;
    private String[] names = NO_NAMES;
    private boolean changed;

    /**
     * The moment of a fact.
     *
     * @param state of the fact's user
     * @param tick different for every fact
     */
    Moment(Fact fact, long millis, UserProfile user, SequenceState state, long tick) {
        this.fact = fact;
        this.millis = millis;
        this.user = user;
        this.state = state;
        this.tick = tick;
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
    void of(@Nullable Earlier partial) {
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
    public Fact fact() {
        return fact;
    }

    @Override
    public UserProfile user() {
        return user;
    }

    @Override
    public @Nullable Fact previous() {
        return before == null ? null : before.previous();
    }

    @Override
    public @Nullable Fact step(String name) {
        return before == null ? null : before.step(name, names);
    }

    @Override
    public long recalled(Recollection number) {
        return before == null ? number.of(null) : before.recalled(number);
    }
}

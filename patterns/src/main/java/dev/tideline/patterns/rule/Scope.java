package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import org.jspecify.annotations.Nullable;

/** What a predicate may look at. */
public interface Scope {
    /** The fact in question; null where only the profile is asked. */
    @Nullable
    Fact fact();

    /** The user's profile at the fact's instant. */
    UserProfile user();

    /** The fact that the sequence accepted before; null at its first. */
    default @Nullable Fact previous() {
        return null;
    }

    /** The latest fact that an earlier step accepted; null if there is none. */
    default @Nullable Fact step(String name) {
        return null;
    }

    /** A number of {@link #previous()}, read now or when that was accepted. */
    default long recalled(Recollection number) {
        return number.of(previous());
    }

    /** A fact and its user, outside of any sequence. */
    static Scope of(@Nullable Fact fact, UserProfile user) {
        return new Plain(fact, user);
    }

    /** The simplest scope. */
    record Plain(@Nullable Fact fact, UserProfile user) implements Scope {}
}

package dev.tideline.patterns.segment;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Sequence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a user's segments were shown, kept so that it can be told again to rules that were still waiting for history
 * then. Exactly what {@code kind} names is set; the rest is null, empty or 0.
 *
 * @param at the instant (epoch milliseconds)
 * @param anew whether what was shown before was settled already, though it may bear the same instant
 * @param counted whether segments took it; a fact or profile may be for sequences alone
 * @param inOrder whether sequences may take the fact
 * @param profile from this instant on
 * @param leaf the sequence that a match is of
 * @param first when the match's first fact was (epoch milliseconds)
 * @param cause the event that completed the match
 * @param held ids of the segments that waited from this instant on, or refer to one that did
 * @param awaited numbers of the revisions that wait for history since this instant
 */
public record Shown(
        Kind kind,
        long at,
        boolean anew,
        boolean counted,
        boolean inOrder,
        @Nullable Fact fact,
        @Nullable UserProfile profile,
        @Nullable Level risk,
        long leaf,
        long first,
        @Nullable String cause,
        List<String> held,
        List<Long> awaited) {

    /** What it is. */
    public enum Kind {
        /** Other rules, from the instant on; always the first of all. */
        RULES,
        FACT,
        PROFILE,
        RISK,
        MATCH,
        /** Consent to segments ended. */
        CLOSED,
        /** All partial matches of sequences were given up. */
        GIVEN_UP
    }

    public static Shown rules(long at, UserProfile profile, List<String> held, List<Long> awaited) {
        return new Shown(Kind.RULES, at, true, true, false, null, profile, null, 0, 0, null, held, awaited);
    }

    public static Shown fact(long at, boolean anew, Fact fact, boolean counted, boolean inOrder) {
        return new Shown(Kind.FACT, at, anew, counted, inOrder, fact, null, null, 0, 0, null, List.of(), List.of());
    }

    public static Shown profile(long at, boolean anew, UserProfile profile, boolean counted) {
        return new Shown(Kind.PROFILE, at, anew, counted, false, null, profile, null, 0, 0, null, List.of(), List.of());
    }

    public static Shown risk(long at, boolean anew, @Nullable Level risk) {
        return new Shown(Kind.RISK, at, anew, true, false, null, null, risk, 0, 0, null, List.of(), List.of());
    }

    public static Shown match(long at, boolean anew, Sequence sequence, long first, @Nullable String cause) {
        long leaf = LeafKeys.of(sequence);
        return new Shown(Kind.MATCH, at, anew, true, false, null, null, null, leaf, first, cause, List.of(), List.of());
    }

    public static Shown closed(long at) {
        return new Shown(Kind.CLOSED, at, true, true, false, null, null, null, 0, 0, null, List.of(), List.of());
    }

    public static Shown givenUp(long at, boolean anew) {
        return new Shown(Kind.GIVEN_UP, at, anew, false, true, null, null, null, 0, 0, null, List.of(), List.of());
    }

    /** The same rules, seen again later, when fewer segments wait. */
    Shown waitingFor(List<String> nowHeld, List<Long> stillAwaited) {
        return new Shown(
                kind,
                at,
                anew,
                counted,
                inOrder,
                fact,
                profile,
                risk,
                leaf,
                first,
                cause,
                nowHeld,
                awaited.stream().filter(stillAwaited::contains).toList());
    }
}

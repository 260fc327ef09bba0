package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact.Derived;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the facts that an expression is asked of: so that one that can never hold is refused, and one that asks for
 * what it cannot have is told why.
 *
 * @param on the kind of fact; null = any, or none
 * @param steps the kinds of fact that earlier steps accept, by the step's name
 * @param away names that cannot be asked here, each with the words for it
 */
record Surroundings(@Nullable String on, Map<String, String> steps, Map<String, String> away) {
    /** Nothing is known. */
    static final Surroundings UNKNOWN = new Surroundings(null, Map.of(), Map.of());

    private static final List<String> PARTS =
            Visible.OF_FACT.stream().filter(part -> !part.equals("event_type")).toList();

    Surroundings {
        steps = Map.copyOf(steps);
        away = Map.copyOf(away);
    }

    /** A single fact of a kind. */
    static Surroundings of(String on) {
        return new Surroundings(
                on, Map.of(), Map.of(Visible.PREVIOUS, "`prev`, which only the steps of a sequence know"));
    }

    /** The parts of a fact of that kind that can be there, besides its type. */
    static Set<String> parts(String kind) {
        return switch (kind) {
            case Derived.SESSION, Derived.TEXT, Derived.SURVEY, Derived.QUIET, Derived.WEEK -> Set.of(kind);
            case Derived.MOOD_DAY -> Set.of("mood");
            case "emotion_logged" -> Set.of("context", "mood");
            default -> Set.of("context");
        };
    }

    /** Why a good expression can never hold here. */
    Optional<Flaw> objection(String source) {
        Map<String, String> lacking = new HashMap<>();
        if (on != null && !on.isEmpty()) {
            lacking.putAll(lacking("", on));
        }
        steps.forEach((step, kind) -> lacking.putAll(lacking(step + ".", kind)));
        return NeverHolds.because(source, lacking);
    }

    /** What a fact of the kind never has, each with the words for it. */
    private static Map<String, String> lacking(String prefix, String kind) {
        Set<String> there = new TreeSet<>(parts(kind));
        return PARTS.stream()
                .filter(part -> !there.contains(part))
                .collect(Collectors.toMap(
                        part -> prefix + part, part -> "a `" + kind + "`, which has " + String.join(" and ", there)));
    }

    /** A flaw, with the reason if it is about a name that cannot be asked. */
    Flaw explain(Flaw flaw) {
        return away.entrySet().stream()
                .filter(name -> flaw.found().equals(Flaw.unknown(name.getKey())))
                .map(name -> new Flaw(
                        flaw.line(),
                        flaw.column(),
                        name.getValue(),
                        "a step before this one, or without a name the fact itself, as in `session.events`",
                        null))
                .findFirst()
                .orElse(flaw);
    }
}

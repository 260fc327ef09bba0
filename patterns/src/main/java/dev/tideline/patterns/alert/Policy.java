package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.rule.Header;
import dev.tideline.patterns.rule.PolicyRule;
import dev.tideline.patterns.rule.PolicyRule.Compound;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How signals join into an alert's level.
 *
 * <p>A compound looks at the levels of single matches, held back or not, in this alert or an earlier one (but for one that
 * staff called a false positive); it fires only where the match that just came is part of it. Where it names patterns or
 * families in {@code with}, one of them must meet a match at its level that is of another pattern.
 */
final class Policy {
    private static final long FORTNIGHT = Duration.ofDays(14).toMillis();
    private static final String FAMILY = "family:";

    /** What holds where no policy is live: the numbers of the shipped catalogue. */
    static final PolicyRule SHIPPED = new PolicyRule(
            new Header(Header.Kind.POLICY, "compound", 1, "Signals together", "", true, false, Long.MIN_VALUE),
            List.of(
                    new Compound(Level.AMBER, 2, Set.of(), FORTNIGHT, Level.RED),
                    new Compound(Level.RED, 1, Set.of("family:engagement", "mood_floor"), FORTNIGHT, Level.CRISIS)),
            Map.of(
                    Level.AMBER, Duration.ofHours(48).toMillis(),
                    Level.RED, Duration.ofHours(24).toMillis(),
                    Level.CRISIS, Duration.ofMinutes(15).toMillis()),
            FORTNIGHT,
            Set.of(Level.AMBER),
            Set.of(Level.AMBER, Level.RED));

    private final PolicyRule rule;

    Policy(@Nullable PolicyRule rule) {
        this.rule = rule == null ? SHIPPED : rule;
    }

    /** A level and the matches that make it; the one that just came stands first. */
    record Raise(Level to, List<Signal> because) {}

    /** The later of the signal's time and arrival, and then as long as the level allows. */
    Instant due(Signal signal, Level level) {
        return due(signal.at().isAfter(signal.arrivedAt()) ? signal.at() : signal.arrivedAt(), level);
    }

    Instant due(Instant since, Level level) {
        Long allowed = rule.dueMillis().get(level);
        return since.plusMillis(allowed == null ? SHIPPED.dueMillis().getOrDefault(level, 0L) : allowed);
    }

    long quietMillis() {
        return rule.quietMillis();
    }

    boolean quietResolves(Level level, boolean acknowledged) {
        return level != Level.CRISIS
                && (acknowledged ? rule.quietResolvesAcknowledged() : rule.quietResolves()).contains(level);
    }

    /** How far back compounds look. */
    long horizonMillis() {
        return rule.compound().stream().mapToLong(Compound::withinMillis).max().orElse(0);
    }

    /** The highest level that the signal makes, alone or together with other matches. */
    Raise raise(List<Signal> matches, Signal signal) {
        Raise highest = new Raise(signal.level(), List.of(signal));
        for (Compound compound : rule.compound()) {
            List<Signal> because = meeting(compound, matches, signal);
            if (because != null && compound.to().compareTo(highest.to) > 0) {
                highest = new Raise(compound.to(), because);
            }
        }
        return highest;
    }

    private static @Nullable List<Signal> meeting(Compound compound, List<Signal> matches, Signal signal) {
        if (!counts(compound, signal)) {
            return null;
        }
        for (long end : ends(compound, matches, signal)) {
            List<Signal> window = matches.stream()
                    .filter(match -> counts(compound, match) && isWithin(match, end, compound.withinMillis()))
                    .sorted(Comparator.comparing(Signal::level)
                            .thenComparing(Signal::at)
                            .reversed())
                    .toList();
            List<Signal> because = because(compound, window, signal);
            if (because != null) {
                return because;
            }
        }
        return null;
    }

    /** The ends of all spans of the compound's length that hold the signal, which need not be the newest match. */
    private static List<Long> ends(Compound compound, List<Signal> matches, Signal signal) {
        return matches.stream()
                .map(match -> match.at().toEpochMilli())
                .filter(end -> isWithin(signal, end, compound.withinMillis()))
                .sorted()
                .distinct()
                .toList();
    }

    private static boolean isWithin(Signal match, long end, long withinMillis) {
        long at = match.at().toEpochMilli();
        return end - withinMillis < at && at <= end;
    }

    /** The signal and what it meets, one of each other family; null where that is not enough. */
    private static @Nullable List<Signal> because(Compound compound, List<Signal> window, Signal signal) {
        Map<String, Signal> byFamily = new LinkedHashMap<>();
        if (!compound.with().isEmpty()) {
            Signal partner = window.stream()
                    .filter(match -> meets(compound, signal, match) || meets(compound, match, signal))
                    .findFirst()
                    .orElse(null);
            if (partner == null) {
                return null;
            }
            byFamily.put(partner.family(), partner);
        }
        List<Signal> because = new ArrayList<>(List.of(signal));
        because.addAll(byFamily.values());
        for (Signal match : window) {
            boolean other = !match.family().equals(signal.family()) && !byFamily.containsKey(match.family());
            if (other && families(because) < compound.families()) {
                byFamily.put(match.family(), match);
                because.add(match);
            }
        }
        return families(because) >= compound.families() ? because : null;
    }

    private static long families(List<Signal> signals) {
        return signals.stream().map(Signal::family).distinct().count();
    }

    /** Whether one is at the compound's level and the other, of another pattern, is one of {@code with}. */
    private static boolean meets(Compound compound, Signal high, Signal named) {
        return high.level().atLeast(compound.level())
                && isNamed(compound, named)
                && !high.pattern().equals(named.pattern());
    }

    private static boolean counts(Compound compound, Signal match) {
        return match.level().atLeast(compound.level()) || isNamed(compound, match);
    }

    private static boolean isNamed(Compound compound, Signal match) {
        return compound.with().contains(match.pattern()) || compound.with().contains(FAMILY + match.family());
    }
}

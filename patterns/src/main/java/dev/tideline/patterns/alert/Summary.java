package dev.tideline.patterns.alert;

import dev.tideline.patterns.fact.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An alert in one sentence: names of patterns and numbers, never a word of the person. */
final class Summary {
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final int MOST_VALUES = 3;
    private static final int DECIMALS = 2;

    private Summary() {}

    static String of(Alert alert) {
        Signal highest = alert.highest();
        String others = others(alert, highest);
        return name(highest) + numbers(highest.evidence()) + (others.isEmpty() ? "" : "; with " + others) + ".";
    }

    /** The name of the newest signal of each other family. */
    private static String others(Alert alert, Signal highest) {
        List<Signal> newestFirst = new ArrayList<>(alert.signals);
        newestFirst.sort(Comparator.comparing(Signal::at).reversed());
        Set<String> families = new LinkedHashSet<>(Set.of(highest.family()));
        List<String> names = new ArrayList<>();
        boolean together = true;
        for (Signal signal : newestFirst) {
            if (families.add(signal.family())) {
                names.add(lowered(name(signal)));
                together &= Duration.between(signal.at(), highest.at()).abs().compareTo(FORTNIGHT) < 0;
            }
        }
        return names.isEmpty() ? "" : String.join(" and ", names) + (together ? " in the same fortnight" : "");
    }

    private static String numbers(Signal.Evidence evidence) {
        Map<String, List<String>> measures = new LinkedHashMap<>();
        new TreeMap<>(evidence.values()).forEach((name, value) -> {
            String measure = measure(name);
            boolean known = measures.containsKey(measure);
            if (Double.isFinite(value) && (known || measures.size() < MOST_VALUES)) {
                measures.computeIfAbsent(measure, any -> new ArrayList<>()).add(number(value));
            }
        });
        List<String> parts = new ArrayList<>();
        measures.forEach((measure, values) -> parts.add(measure + " " + String.join(", ", values)));
        if (evidence.threshold() != null) {
            parts.add("threshold " + number(evidence.threshold()));
        }
        if (evidence.baseline() != null) {
            parts.add("baseline " + number(evidence.baseline()));
        }
        return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
    }

    /** {@code second.session.mood_mean} is the mood mean to a person; of several steps the values stand side by side. */
    private static String measure(String name) {
        String field = name.substring(name.lastIndexOf('.') + 1);
        return field.replace('_', ' ').replaceAll("(?<=\\p{L})(?=\\d)", " ");
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        return BigDecimal.valueOf(value)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String name(Signal signal) {
        String name = signal.name().isBlank() ? signal.pattern() : signal.name().strip();
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Without the capital of a sentence's start; an abbreviation such as PHQ-9 stays as it is. */
    private static String lowered(String name) {
        boolean ordinaryWord = name.length() > 1 && Character.isLowerCase(name.charAt(1));
        return ordinaryWord ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : name;
    }
}

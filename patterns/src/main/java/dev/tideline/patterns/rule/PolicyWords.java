package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.PolicyRule.Compound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A policy in plain English. */
final class PolicyWords {
    private static final String FAMILY = "family:";

    private PolicyWords() {}

    static String of(PolicyRule policy) {
        List<String> said = new ArrayList<>();
        policy.compound().forEach(compound -> said.add(compound(compound)));
        said.add(new TreeMap<>(policy.dueMillis())
                .descendingMap().entrySet().stream()
                        .map(due -> "at " + due.getKey() + " within " + English.duration(due.getValue()))
                        .collect(Collectors.joining(", ", "An alert is due ", ".")));
        said.add(quiet(policy));
        return String.join(" ", said);
    }

    private static String compound(Compound compound) {
        boolean one = compound.families() == 1;
        String signals = one ? "A signal" : "Signals of " + compound.families() + " different families";
        String with = compound.with().isEmpty()
                ? ""
                : ", together with a signal "
                        + new TreeSet<>(compound.with())
                                .stream().map(PolicyWords::source).collect(Collectors.joining(" or "))
                        + ",";
        return signals + " at " + English.orAbove(compound.level()) + with + " within "
                + English.duration(compound.withinMillis()) + (one ? " makes" : " make") + " the alert " + compound.to()
                + ".";
    }

    private static String source(String name) {
        return name.startsWith(FAMILY) ? "of the family " + name.substring(FAMILY.length()) : "of the pattern " + name;
    }

    private static String quiet(PolicyRule policy) {
        String open = levels(policy.quietResolves());
        String acknowledged = levels(policy.quietResolvesAcknowledged());
        if (open.isEmpty() && acknowledged.isEmpty()) {
            return "No alert resolves by itself.";
        }
        String after = "After " + English.duration(policy.quietMillis()) + " without a match ";
        if (open.equals(acknowledged)) {
            return after + open + " resolves by itself.";
        }
        if (open.isEmpty() || acknowledged.isEmpty()) {
            String seen = open.isEmpty() ? " that somebody" : " that nobody";
            return after + open + acknowledged + seen + " has acknowledged resolves by itself.";
        }
        return after + open + " resolves by itself, and so does " + acknowledged + " that somebody has acknowledged.";
    }

    /** Empty if there are none. */
    private static String levels(Collection<Level> levels) {
        return levels.isEmpty()
                ? ""
                : new TreeSet<>(levels)
                        .stream().map(Level::name).collect(Collectors.joining(" or ", "an alert at ", ""));
    }
}

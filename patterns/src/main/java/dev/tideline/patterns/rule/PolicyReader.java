package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.rule.PolicyRule.Compound;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a policy; its grammar stands with {@link PolicyRule}. */
final class PolicyReader {
    static final Set<String> KEYS = HeaderReader.with("compound", "due", "quiet");

    private static final Pattern SIGNAL = Pattern.compile("(family:[a-z]+|[a-z][a-z0-9_-]{0,63})");
    private static final long MINUTE = 60_000L;
    private static final long DAY = 86_400_000L;

    private PolicyReader() {}

    static PolicyRule read(Fields rule, Header header) {
        List<Compound> compound = new ArrayList<>();
        rule.optional("compound")
                .ifPresent(part -> part.elements("a list of { level, families, with, within, to }")
                        .forEach(element -> compound.add(compound(element))));
        Map<Level, Long> due = due(rule.optional("due").orElse(null));
        Fields quiet = rule.optional("quiet")
                .map(part -> part.fields(Set.of("after", "resolves", "resolves_acknowledged")))
                .orElse(null);
        long after = 14 * DAY;
        Set<Level> open = EnumSet.of(Level.AMBER);
        Set<Level> acknowledged = EnumSet.of(Level.AMBER, Level.RED);
        if (quiet != null) {
            after = quiet.optional("after").map(part -> part.duration(1)).orElse(after);
            open = quiet.optional("resolves").map(PolicyReader::levels).orElse(open);
            acknowledged = quiet.optional("resolves_acknowledged")
                    .map(PolicyReader::levels)
                    .orElse(acknowledged);
        }
        return new PolicyRule(header, List.copyOf(compound), due, after, Set.copyOf(open), Set.copyOf(acknowledged));
    }

    private static Compound compound(Part part) {
        Fields fields = part.fields(Set.of("level", "families", "with", "within", "to"));
        int before = part.findings().count();
        Level level = PatternReader.level(fields.required("level", "AMBER, RED or CRISIS"));
        int families = fields.optional("families")
                .map(number -> number.whole(1, PatternReader.FAMILIES.size()))
                .orElse(1);
        Set<String> with = fields.optional("with").map(PolicyReader::with).orElse(Set.of());
        long within = fields.required("within", "a duration").duration(1);
        Part toPart = fields.required("to", "AMBER, RED or CRISIS");
        Level to = PatternReader.level(toPart);
        boolean good = part.findings().count() == before;
        if (good && level.atLeast(to)) {
            toPart.wrong("`" + to + "`, which is not above `" + level + "`", "a higher level");
        }
        if (good && families == 1 && with.isEmpty()) {
            part.wrong("a single signal", "`families: 2` or more, or `with`");
        }
        return new Compound(level, families, with, within, to);
    }

    private static Set<String> with(Part part) {
        Set<String> with = new TreeSet<>();
        for (Part element : part.elements("a list of pattern ids or family:<name>")) {
            String name = element.text(SIGNAL, "a pattern's id or family:<name>");
            if (name.startsWith("family:") && !PatternReader.FAMILIES.contains(name.substring(7))) {
                element.wrong(
                        "`" + name + "`",
                        "family: and " + Part.oneOf(PatternReader.FAMILIES),
                        suggestion(name.substring(7)));
            }
            with.add(name);
        }
        return Set.copyOf(with);
    }

    private static @Nullable String suggestion(String family) {
        String near = NearMiss.of(family, PatternReader.FAMILIES);
        return near == null ? null : "family:" + near;
    }

    private static Map<Level, Long> due(@Nullable Part part) {
        Map<Level, Long> due = new EnumMap<>(Map.of(Level.CRISIS, 15 * MINUTE, Level.RED, DAY, Level.AMBER, 2 * DAY));
        if (part != null) {
            Fields fields = part.fields(Set.of("AMBER", "RED", "CRISIS"));
            for (Level level : Level.values()) {
                fields.optional(level.name()).ifPresent(duration -> due.put(level, duration.duration(1)));
            }
        }
        return Map.copyOf(due);
    }

    private static Set<Level> levels(Part part) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        for (Part element : part.elementsIfAny("a list of levels: [AMBER]")) {
            Level level = PatternReader.level(element);
            if (level == Level.CRISIS) {
                element.wrong("`CRISIS`", "AMBER or RED: only a person resolves a crisis");
            }
            levels.add(level);
        }
        return levels;
    }
}

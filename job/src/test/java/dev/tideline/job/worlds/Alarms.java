package dev.tideline.job.worlds;

import java.util.List;
import java.util.stream.Collectors;

/** The patterns that open and raise alerts in all worlds: an alarm says itself how grave it is. */
final class Alarms {
    private Alarms() {}

    /** As YAML documents, one after the other. */
    static String documents() {
        return List.of("AMBER", "RED", "CRISIS").stream().map(Alarms::document).collect(Collectors.joining("\n---\n"));
    }

    private static String document(String level) {
        return String.format("""
                kind: pattern
                id: alarm_%s
                version: 1
                name: An alarm
                family: survey
                level: %s
                sequence: [{ step: rang, on: alarm, where: 'context.level == "%s"' }]
                within: 1d""", level.toLowerCase(java.util.Locale.ROOT), level, level);
    }
}

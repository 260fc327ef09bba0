package dev.tideline.job.benchmark;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ten segments for each of several groups of facts. A group has the four kinds of fact of {@link HundredPatterns}; a fact
 * concerns three to six of its group's ten segments, however many groups there are. Nine leaves a group: windows of a day to
 * a month and counts for ever, lower and upper bounds, a condition on the context, one segment that refers to another.
 */
final class GroupsOfSegments {
    private GroupsOfSegments() {}

    /** The documents of the first groups. */
    static String documents(int groups) {
        return IntStream.range(0, groups).mapToObj(GroupsOfSegments::group).collect(Collectors.joining("---\n"));
    }

    private static String group(int group) {
        String a = HundredPatterns.kind(group, 0);
        String b = HundredPatterns.kind(group, 1);
        String c = HundredPatterns.kind(group, 2);
        String d = HundredPatterns.kind(group, 3);
        return String.join(
                "---\n",
                segment(group, "often", "{ performed: " + a + ", at_least: 3, within: 7d }"),
                segment(group, "today", "{ performed: " + a + ", within: 1d }"),
                segment(
                        group,
                        "away",
                        both("{ performed: " + a + " }", "{ not: { performed: " + a + ", within: 7d } }")),
                segment(
                        group,
                        "high",
                        "{ performed: " + b + ", where: context.level > 0.5, at_least: 2, within: 30d }"),
                segment(group, "once", "{ performed: " + b + ", exactly: 1, within: 7d }"),
                segment(
                        group,
                        "both",
                        both(
                                "{ performed: " + a + ", at_least: 2, within: 7d }",
                                "{ performed: " + b + ", within: 7d }")),
                segment(
                        group,
                        "either",
                        "{ any: [{ performed: " + c + ", at_least: 5 }, { performed: " + d + ", within: 1d }] }"),
                segment(group, "begun", both("{ performed: " + c + " }", "{ not: { performed: " + d + " } }")),
                segment(
                        group,
                        "free",
                        both("{ segment: group" + group + "_both }", "{ not: { performed: " + d + " } }")),
                segment(group, "some", "{ performed: " + d + ", between: [2, 5], within: 30d }"));
    }

    private static String both(String one, String other) {
        return "{ all: [" + one + ", " + other + "] }";
    }

    private static String segment(int group, String id, String when) {
        return """
                kind: segment
                id: group%d_%s
                version: 1
                name: Group %d, %s
                when: %s
                """.formatted(group, id, group, id, when);
    }
}

package dev.tideline.job.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ten patterns for each of several groups of facts. A group has four kinds of fact, and each kind concerns five of its ten
 * patterns, however many groups there are.
 */
final class HundredPatterns {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final int D = 3;
    private static final String LOW = "context.level <= 0.2";
    private static final String FALLING = "context.level < prev.context.level";

    private HundredPatterns() {}

    /** The documents of the first groups. */
    static String documents(int groups) {
        return IntStream.range(0, groups)
                .mapToObj(HundredPatterns::group)
                .flatMap(List::stream)
                .collect(Collectors.joining("---\n"));
    }

    /** One of a group's four kinds. */
    static String kind(int group, int number) {
        return "group" + group + "_" + "abcd".charAt(number);
    }

    private static List<String> group(int group) {
        return List.of(
                pattern(group, "single", 1, step(group, "one", A, "context.level <= 0.1")),
                pattern(
                        group,
                        "falling",
                        14,
                        step(group, "one", B, "context.level >= 0"),
                        next(group, "two", B, FALLING),
                        next(group, "three", B, FALLING)),
                pattern(group, "three_low", 7, step(group, "one", C, LOW + ", times: 3")),
                pattern(group, "then", 2, step(group, "one", D, LOW), step(group, "two", A, LOW)),
                pattern(
                        group,
                        "absent",
                        3,
                        step(group, "one", A, "context.level <= 0.1"),
                        step(group, "two", D, "context.level > 0.3, contiguity: not_followed_by")),
                pattern(
                        group,
                        "chain",
                        3,
                        step(group, "one", A, LOW),
                        step(group, "two", B, LOW),
                        step(group, "three", C, LOW)),
                pattern(
                        group,
                        "back",
                        3,
                        step(group, "one", D, LOW),
                        step(group, "two", C, LOW),
                        step(group, "three", B, LOW)),
                pattern(group, "pair", 1, step(group, "one", B, LOW), step(group, "two", D, LOW)),
                pattern(group, "rise", 7, step(group, "one", C, LOW), step(group, "two", D, "context.level > 0.9")),
                pattern(
                        group,
                        "all",
                        7,
                        step(group, "one", C, LOW),
                        step(group, "two", A, LOW),
                        step(group, "three", B, LOW)));
    }

    private static String pattern(int group, String id, int withinDays, String... steps) {
        return """
                kind: pattern
                id: group%d_%s
                version: 1
                name: Group %d, %s
                family: mood
                level: AMBER
                within: %dd
                sequence:
                %s""".formatted(group, id, group, id, withinDays, String.join("", steps));
    }

    private static String step(int group, String name, int kind, String where) {
        return "  - { step: %s, on: %s, where: %s }%n".formatted(name, kind(group, kind), where);
    }

    private static String next(int group, String name, int kind, String where) {
        return step(group, name, kind, where + ", contiguity: next");
    }
}

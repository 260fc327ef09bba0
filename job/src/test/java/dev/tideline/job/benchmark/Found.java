package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.List;
import java.util.Map;

/** What a contender says of a match: a number that is the same for the same pattern and the same facts in the same steps. */
final class Found {
    private Found() {}

    static long fingerprint(String pattern, Map<String, List<Fact>> steps) {
        long print = begin(pattern);
        for (Map.Entry<String, List<Fact>> step : steps.entrySet()) {
            for (Fact fact : step.getValue()) {
                print += part(step.getKey(), fact.id());
            }
        }
        return print;
    }

    static long begin(String pattern) {
        return mixed(pattern.hashCode());
    }

    static long part(String step, String id) {
        return mixed(((long) step.hashCode() << 32) ^ id.hashCode());
    }

    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}

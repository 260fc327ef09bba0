package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The facts of a match by step. */
final class Steps {
    private Steps() {}

    /**
     * The facts under the names of the steps that took them.
     *
     * @param names of the steps, one for each fact; a step that took several has its name several times in succession
     */
    static Map<String, List<Fact>> of(String[] names, Fact[] facts) {
        Map<String, List<Fact>> steps = new LinkedHashMap<>();
        int from = 0;
        for (int i = 1; i <= facts.length; i++) {
            if (i == facts.length || !names[i].equals(names[from])) {
                steps.put(
                        names[from],
                        from == i - 1 ? List.of(facts[from]) : List.of(Arrays.copyOfRange(facts, from, i)));
                from = i;
            }
        }
        return Collections.unmodifiableMap(steps);
    }
}

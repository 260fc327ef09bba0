package dev.tideline.job.person;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of one user need to know of earlier ones.
 *
 * @param negativeTexts of the last assessed texts, newest last, 1 where negative; at most five
 * @param moodLevels of the last mood logs, newest last, on 0…1; at most four
 * @param item9 the last PHQ-9's answer to item 9
 */
public record FactHistory(
        List<Integer> negativeTexts,
        List<Double> moodLevels,
        @Nullable Integer item9) {
    static FactHistory empty() {
        return new FactHistory(new ArrayList<>(), new ArrayList<>(), null);
    }
}

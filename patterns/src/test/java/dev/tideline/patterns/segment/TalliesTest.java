package dev.tideline.patterns.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The table of tallies against a plain map of them. */
class TalliesTest {
    private final Tallies tallies = new Tallies();
    private final Map<Long, Long> dues = new HashMap<>();

    @RepeatedTest(20)
    void holdsWhatAMapHoldsAndKnowsTheEarliestInstant(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Tallies looked = tallies;
        for (int step = 0; step < 2_000; step++) {
            // Few names, and names that want the same place.
            long key = random.nextInt(40) * (random.nextBoolean() ? 1L : 64L);
            Tally tally = looked.get(key);
            assertThat(tally != null).isEqualTo(dues.containsKey(key));
            if (tally == null) {
                tally = new Tally(key);
                looked.put(tally);
                dues.put(key, Tally.NEVER);
            } else if (random.nextInt(3) == 0) {
                looked.remove(tally);
                dues.remove(key);
                continue;
            }
            long due = random.nextInt(4) == 0 ? Tally.NEVER : random.nextInt(500);
            looked.due(tally, due);
            dues.put(key, due);
            if (random.nextInt(3) == 0) {
                assertThat(looked.soonest())
                        .isEqualTo(dues.values().stream()
                                .mapToLong(Long::longValue)
                                .min()
                                .orElse(Tally.NEVER));
            }
            if (random.nextInt(50) == 0) {
                assertThat(looked.dueBy(250))
                        .extracting(found -> found.key)
                        .containsExactlyInAnyOrderElementsOf(dues.entrySet().stream()
                                .filter(entry -> entry.getValue() <= 250)
                                .map(Map.Entry::getKey)
                                .toList());
                looked = looked.copy();
            }
        }
        assertThat(looked.size()).isEqualTo(dues.size());
    }

    @Test
    void nothingIsDueWhereNothingEverIs() {
        tallies.put(new Tally(1));

        assertThat(tallies.soonest()).isEqualTo(Tally.NEVER);
        assertThat(tallies.dueBy(Tally.NEVER)).isEmpty();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Tally tally = new Tally(1);
        tallies.put(tally);
        tally.add(5, 3);

        Tallies copy = tallies.copy();
        tally.add(6, 3);
        tallies.due(tally, 7);

        Tally copied = copy.get(1);
        assertThat(copied)
                .isNotNull()
                .satisfies(other -> assertThat(other.size()).isEqualTo(1));
        assertThat(copy.soonest()).isEqualTo(Tally.NEVER);
    }
}

package dev.tideline.job.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in random worlds tells what counting everything again at every instant tells, to the last field. */
class SegmentWorldsTest {
    private static final int WORLDS = Boolean.getBoolean("tideline.exhaustive") ? 3000 : 150;

    /** Nobody knows what rules will come, and they ask for nothing that was not counted before. */
    private static final WorldMaker.Options ALIKE = new WorldMaker.Options(true, false, true, false);

    /** Rules ask for what nobody asked for before, and it is known that they will come. */
    private static final WorldMaker.Options NEW = new WorldMaker.Options(true, true, true, false);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, WORLDS);
    }

    @ParameterizedTest(name = "world {0}")
    @MethodSource("seeds")
    void tellsTheSameChangesAsCountingEverythingAgain(long seed) {
        compare(WorldMaker.make(seed, ALIKE), false);
    }

    @ParameterizedTest(name = "world {0}")
    @MethodSource("seeds")
    void countsForRulesToComeAsIfTheyHadAlwaysBeenThere(long seed) {
        compare(WorldMaker.make(seed, NEW), true);
    }

    private static void compare(World world, boolean anticipates) {
        if (differs(world, anticipates)) {
            World smallest = Shrink.smallest(world, one -> differs(one, anticipates), 10_000);
            assertThat(Told.lines(DirectRun.of(smallest, anticipates)))
                    .as(smallest.toString())
                    .isEqualTo(Told.lines(recount(smallest)));
        }
    }

    private static boolean differs(World world, boolean anticipates) {
        boolean fair = anticipates || world.rulings().stream().anyMatch(WorldMaker::keeps);
        return fair && !Told.lines(DirectRun.of(world, anticipates)).equals(Told.lines(recount(world)));
    }

    private static List<Told> recount(World world) {
        List<Told> all = new ArrayList<>();
        world.users().forEach(user -> all.addAll(Recount.of(world, user, Lane.Taking.TIME)));
        return all;
    }

    @Test
    void theWorldsAreLivelyEnoughToProveSomething() {
        List<Told> all = new ArrayList<>();
        seeds().forEach(seed -> all.addAll(recount(WorldMaker.make(seed, NEW))));

        assertThat(all.size()).isGreaterThan(10 * WORLDS);
        for (String reason : List.of("event", "expiry", "profile", "risk", "rule", "consent")) {
            assertThat(all.stream().filter(told -> told.reason().equals(reason)))
                    .as(reason)
                    .hasSizeGreaterThan(WORLDS / 25);
        }
        assertThat(all.stream().map(Told::expires).filter(Objects::nonNull)).hasSizeGreaterThan(2 * WORLDS);
    }
}

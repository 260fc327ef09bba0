package dev.tideline.job.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A replay of random worlds, in any order of their input, tells what counting everything again at every instant tells. */
class SegmentWorldsReplayITCase {
    private static final int TOGETHER = 20;
    private static final int BATCHES = Boolean.getBoolean("tideline.exhaustive") ? 20 : 1;
    private static final WorldMaker.Options OPTIONS = new WorldMaker.Options(false, true, false, false);

    @TempDir
    private Path folder;

    static LongStream batches() {
        return LongStream.range(0, BATCHES);
    }

    @ParameterizedTest(name = "batch {0}")
    @MethodSource("batches")
    void tellsTheSameChangesAsCountingEverythingAgain(long batch) throws Exception {
        Batch worlds = Batch.of(LongStream.rangeClosed(1, TOGETHER)
                        .mapToObj(seed -> WorldMaker.make(10_000 + batch * TOGETHER + seed, OPTIONS))
                        .toList())
                .shuffled(batch);

        List<Told> told = ReplayRun.of(worlds, folder(), 2);

        long seen = 0;
        for (World world : worlds.worlds()) {
            String expected = expected(world);
            seen += expected.lines().count();
            if (!expected.equals(own(world, told))) {
                World smallest = Shrink.smallest(world, this::differs, 100);
                assertThat(replayed(smallest)).as(smallest.toString()).isEqualTo(expected(smallest));
                assertThat(own(world, told)).as("beside other worlds: " + world).isEqualTo(expected);
            }
        }
        assertThat(seen).as("worlds in which nothing happens show nothing").isGreaterThan(5 * TOGETHER);
    }

    private static String expected(World world) {
        return Told.lines(Recount.of(world, Lane.Taking.TIME));
    }

    private static String own(World world, List<Told> told) {
        return Told.lines(told.stream()
                .filter(one -> world.owns(one.user(), one.segment()))
                .toList());
    }

    private boolean differs(World world) {
        return !replayed(world).equals(expected(world));
    }

    private String replayed(World world) {
        try {
            return own(world, ReplayRun.of(new Batch(List.of(world)), folder(), 1));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Path folder() throws Exception {
        return Files.createTempDirectory(folder, "replay");
    }
}

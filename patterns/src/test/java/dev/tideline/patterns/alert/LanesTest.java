package dev.tideline.patterns.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals of both lanes meet in one alert in whatever order; nothing urgent may get lost on the way. */
class LanesTest {
    private static final List<String> FAMILIES = List.of("mood", "text", "survey", "feedback", "engagement");

    static LongStream seeds() {
        return LongStream.range(0, Boolean.getBoolean("tideline.exhaustive") ? 5000 : 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfArrivalNeverChangesTheLevelReached(long seed) {
        Random random = new Random(seed);
        List<Signal> signals = signals(random);
        List<Signal> shuffled = new ArrayList<>(signals);
        Collections.shuffle(shuffled, random);

        Scene inOrder = new Scene();
        signals.forEach(inOrder::arrives);
        Scene otherwise = new Scene();
        shuffled.forEach(otherwise::arrives);

        assertThat(otherwise.state.openLevel()).isEqualTo(inOrder.state.openLevel());
        for (Scene scene : List.of(inOrder, otherwise)) {
            List<Level> levels = scene.told.stream().map(AlertMessage::level).toList();
            assertThat(levels).isSorted();
            assertThat(scene.told).extracting(AlertMessage::id).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsDeliveredTwiceSaysNothingNew(long seed) {
        List<Signal> signals = signals(new Random(seed));
        Scene once = new Scene();
        signals.forEach(once::arrives);
        Scene again = new Scene();
        for (int i = 0; i < signals.size(); i++) {
            again.arrives(signals.get(i));
            signals.subList(Math.max(0, i - 3), i + 1).forEach(again::arrives);
        }

        assertThat(again.told).isEqualTo(once.told);
    }

    /** Up to a dozen different matches within three weeks. */
    private static List<Signal> signals(Random random) {
        List<Signal> signals = new ArrayList<>();
        for (int hour = random.nextInt(40); hour < 21 * 24 && signals.size() < 12; hour += 1 + random.nextInt(100)) {
            String family = FAMILIES.get(random.nextInt(FAMILIES.size()));
            String pattern = family.equals("mood") && random.nextBoolean() ? "mood_floor" : family + "_pattern";
            Level level = Level.values()[random.nextInt(10) / 5];
            signals.add(Scene.signal(pattern, family, level, Scene.at(0, hour)));
        }
        return signals;
    }
}

package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import java.time.Duration;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.util.Collector;

/**
 * What somebody who knows Flink writes if three falling moods within 14 days are all that is asked for, now and ever.
 *
 * <p>Owns: per user the last two moods · Lifecycle: for 14 days after the last · Never: a predicate that is not Java.
 */
final class FallingMoodsByHand extends InOrder<LastTwoMoods> {
    private static final long serialVersionUID = 1L;

    private static final long WITHIN = Duration.ofDays(14).toMillis();
    private static final long PATTERN = Found.begin("pattern/falling");

    @Override
    TypeSerializer<LastTwoMoods> serializer() {
        return new LastTwoMoods.Serializer();
    }

    @Override
    boolean concerns(Fact fact) {
        return fact.kind().equals("emotion_logged");
    }

    @Override
    void accept(LastTwoMoods moods, Fact fact, Collector<Long> out) {
        MoodFact mood = fact.mood();
        if (mood == null || mood.level() == null) {
            return;
        }
        double level = mood.level();
        boolean falling = !moods.isEmpty() && level < moods.level;
        if (falling && moods.falling && fact.millis() - moods.atBefore < WITHIN) {
            out.collect(PATTERN
                    + Found.part("first", moods.idBefore)
                    + Found.part("second", moods.id)
                    + Found.part("third", fact.id()));
        }
        moods.next(fact.id(), fact.millis(), level, falling);
    }

    @Override
    void advance(LastTwoMoods moods, long toMillis, Collector<Long> out) {
        if (due(moods) <= toMillis) {
            moods.clear();
        }
    }

    @Override
    long due(LastTwoMoods moods) {
        return moods.isEmpty() ? Long.MAX_VALUE : moods.at + WITHIN;
    }

    @Override
    boolean isEmpty(LastTwoMoods moods) {
        return moods.isEmpty();
    }
}

package dev.tideline.job.ingest;

import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Purpose;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** The way in: what the source decoded, without repeats, gated per user. */
public final class Ingest {
    private Ingest() {}

    /**
     * Everything goes through the same two operators, events or not, and as many tasks as the source has, so that with a
     * source of parallelism 1 what concerns a user stays in the order of its arrival.
     *
     * @param decoded what the decoder made, of any kind but sessions, with event time as timestamp
     * @param granted the purposes that count as granted by a user who never said anything
     * @param keys null where nothing is stored: words and pii are dropped instead of encrypted
     */
    public static Ingested wire(DataStream<Arrival> decoded, List<Purpose> granted, @Nullable DataKeys keys) {
        int parallelism = decoded.getParallelism();
        SingleOutputStreamOperator<Arrival> people =
                Step.SPLIT.mark(decoded.process(new Split())).setParallelism(parallelism);
        SingleOutputStreamOperator<Arrival> once = Step.REPEATS
                .mark(people.keyBy(new RepeatsBucket()).process(new Repeats()))
                .setParallelism(parallelism);
        SingleOutputStreamOperator<Arrival> gated = Step.GATE
                .mark(once.keyBy(Arrival::user).process(new Gate(granted, keys)))
                .setParallelism(parallelism);
        return new Ingested(
                gated,
                people.getSideOutput(Split.RULES),
                people.getSideOutput(Split.REFUSED),
                gated.getSideOutput(Gate.KEYS));
    }
}

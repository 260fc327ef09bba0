package dev.tideline.job.ingest;

import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Purpose;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/** The way in: what the source decoded, without repeats, gated per user. */
public final class Ingest {
    /** Within so much of each other, two times of one id are the same event. */
    public static final Duration SAME = Duration.ofHours(24);

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
        SingleOutputStreamOperator<Arrival> people = split(decoded);
        SingleOutputStreamOperator<Arrival> once = Step.REPEATS
                .mark(people.keyBy(new RepeatsBucket()).process(new Repeats()))
                .setParallelism(decoded.getParallelism());
        return gated(people, once.keyBy(Arrival::user), granted, keys);
    }

    /**
     * The same for what comes from one task and holds each event once: nothing has to be sought, nor to change the task.
     *
     * @param decoded as above, of parallelism 1
     */
    public static Ingested wireInOrder(DataStream<Arrival> decoded, List<Purpose> granted, @Nullable DataKeys keys) {
        if (decoded.getParallelism() != 1) {
            throw new IllegalArgumentException("what comes in order comes from one task");
        }
        SingleOutputStreamOperator<Arrival> people = split(decoded);
        KeyedStream<Arrival, String> byUser = DataStreamUtils.reinterpretAsKeyedStream(people, Arrival::user);
        return gated(people, byUser, granted, keys);
    }

    private static SingleOutputStreamOperator<Arrival> split(DataStream<Arrival> decoded) {
        return Step.SPLIT.mark(decoded.process(new Split())).setParallelism(decoded.getParallelism());
    }

    private static Ingested gated(
            SingleOutputStreamOperator<Arrival> people,
            KeyedStream<Arrival, String> once,
            List<Purpose> granted,
            @Nullable DataKeys keys) {
        SingleOutputStreamOperator<Arrival> gated =
                Step.GATE.mark(once.process(new Gate(granted, keys))).setParallelism(people.getParallelism());
        return new Ingested(
                gated,
                people.getSideOutput(Split.RULES),
                people.getSideOutput(Split.REFUSED),
                gated.getSideOutput(Gate.KEYS));
    }
}

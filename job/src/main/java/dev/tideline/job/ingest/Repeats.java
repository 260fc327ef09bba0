package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets an event through once: an id seen again with an event time within 24 h of one that went through is dropped,
 * whichever user or type it names this time. What is not an event passes untouched.
 *
 * <p>Owns: per bucket of ids, each id with its event times and the instant at which each is forgotten; about 100 bytes an
 * id. Lifecycle: a time is forgotten in the first full hour at which event time is 48 h past both it and the moment it
 * came, so that a late event which is sent twice is recognised too; one timer per bucket and hour. Never: looks at what an
 * event says. A repeat that comes more than 48 h of event time after the first is not recognised here; the database's
 * primary key still stores it once.
 */
final class Repeats extends KeyedProcessFunction<Integer, Arrival, Arrival> {
    private static final long serialVersionUID = 1L;

    /** Within so many milliseconds of each other, two times of one id are the same event. */
    static final long SAME = Ingest.SAME.toMillis();

    /** So many milliseconds behind event time, an id is forgotten. */
    static final long KEPT = Duration.ofDays(2).toMillis();

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** By id: pairs of an event time and when to forget it, in milliseconds. Mostly there is one pair. */
    @SuppressWarnings("NullAway.Init") // by open
    private transient MapState<String, long[]> seen;

    @SuppressWarnings("NullAway.Init") // by open
    private transient Counter repeats;

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "seen", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        repeats = getRuntimeContext().getMetricGroup().counter("repeatedEvents");
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out) throws Exception {
        Event event = arrival.event();
        if (event == null || isFirst(event, context)) {
            out.collect(arrival);
        } else {
            repeats.inc();
        }
    }

    private boolean isFirst(Event event, Context context) throws Exception {
        long time = event.at().toEpochMilli();
        long[] times = seen.get(event.id());
        if (times == null) {
            times = new long[0];
        }
        for (int i = 0; i < times.length; i += 2) {
            if (Math.abs(times[i] - time) <= SAME) {
                return false;
            }
        }
        long forget = nextHour(Math.max(time, context.timerService().currentWatermark()) + KEPT);
        long[] more = Arrays.copyOf(times, times.length + 2);
        more[times.length] = time;
        more[times.length + 1] = forget;
        seen.put(event.id(), more);
        context.timerService().registerEventTimeTimer(forget);
        return true;
    }

    @Override
    public void onTimer(long now, OnTimerContext context, Collector<Arrival> out) throws Exception {
        Iterator<Map.Entry<String, long[]>> entries = seen.iterator();
        while (entries.hasNext()) {
            Map.Entry<String, long[]> entry = entries.next();
            long[] left = stillKept(entry.getValue(), now);
            if (left.length == 0) {
                entries.remove();
            } else if (left.length < entry.getValue().length) {
                entry.setValue(left);
            }
        }
        if (seen.isEmpty()) {
            seen.clear(); // On the heap, a map that was emptied by its iterator stays, empty.
        }
    }

    private static long[] stillKept(long[] times, long now) {
        long[] left = new long[times.length];
        int count = 0;
        for (int i = 0; i < times.length; i += 2) {
            if (times[i + 1] > now) {
                left[count++] = times[i];
                left[count++] = times[i + 1];
            }
        }
        return count == times.length ? times : Arrays.copyOf(left, count);
    }

    private static long nextHour(long time) {
        return Math.floorDiv(time + HOUR - 1, HOUR) * HOUR;
    }
}

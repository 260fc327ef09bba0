package dev.tideline.job.session;

import dev.tideline.job.step.Step;
import dev.tideline.patterns.fact.Arrival;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Sessions: a user's events with less than 30 minutes between neighbours. Times are cut to the millisecond, as in all
 * evaluation. A late event joins a session that is still open; one whose session has closed is left out.
 */
public final class Sessions {
    /** A gap of this length or more closes a session. */
    public static final Duration GAP = Duration.ofMinutes(30);

    private Sessions() {}

    /**
     * Sums up each session when it closes.
     *
     * @param scored what was scored; all but events is left aside
     * @return a session's fact each, at its last event + 30 min, once event time is there
     */
    public static DataStream<Arrival> wire(DataStream<Arrival> scored) {
        return sums(events(scored).keyBy(Arrival::user));
    }

    /**
     * The same for what is spread over as many tasks by user already.
     *
     * @param scored as above
     */
    public static DataStream<Arrival> wireByUser(DataStream<Arrival> scored) {
        return sums(DataStreamUtils.reinterpretAsKeyedStream(events(scored), Arrival::user));
    }

    private static DataStream<Arrival> events(DataStream<Arrival> scored) {
        return Step.SESSION_EVENTS.mark(scored.filter(arrival -> arrival.kind() == Arrival.Kind.EVENT));
    }

    private static DataStream<Arrival> sums(KeyedStream<Arrival, String> events) {
        return Step.SESSIONS.mark(
                events.window(new StrictSessions(GAP.toMillis())).aggregate(new SessionSummary(), new Closed()));
    }

    /** Says whose session it was, and when it closed: Flink itself fires a millisecond before. */
    private static final class Closed implements WindowFunction<SessionTotals, Arrival, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void apply(String user, TimeWindow window, Iterable<SessionTotals> totals, Collector<Arrival> out) {
            Instant closedAt = Instant.ofEpochMilli(window.getEnd());
            totals.forEach(one -> out.collect(Arrival.of(user, closedAt, one.toFact())));
        }
    }
}

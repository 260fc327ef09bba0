package dev.tideline.job.session;

import dev.tideline.patterns.fact.Arrival;
import java.util.Objects;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Sums up a session event by event, so that no event is kept. */
final class SessionSummary implements AggregateFunction<Arrival, SessionTotals, SessionTotals> {
    private static final long serialVersionUID = 1L;

    @Override
    public SessionTotals createAccumulator() {
        return SessionTotals.NONE;
    }

    @Override
    public SessionTotals add(Arrival arrival, SessionTotals totals) {
        return totals.with(SessionTotals.of(Objects.requireNonNull(arrival.event())));
    }

    @Override
    public SessionTotals getResult(SessionTotals totals) {
        return totals;
    }

    @Override
    public SessionTotals merge(SessionTotals one, SessionTotals other) {
        return one.with(other);
    }
}

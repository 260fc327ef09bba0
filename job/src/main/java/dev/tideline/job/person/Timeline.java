package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * One user's arrivals in the order of event time.
 *
 * <p>Of one millisecond: consent, profile, session, events by id, staff actions. Profile patches and events of one place keep
 * the order of their full timestamps and of their arrival.
 */
final class Timeline {
    private static final Comparator<Arrival> ORDER = Comparator.<Arrival>comparingLong(Timeline::millis)
            .thenComparingInt(Timeline::rank)
            .thenComparing(Timeline::tie)
            .thenComparing(Arrival::at);

    private final ListState<Arrival> state;
    private @Nullable List<Arrival> arrivals;
    private int next;

    /** @param state what waits, in any order; read when it is first asked for */
    Timeline(ListState<Arrival> state) {
        this.state = state;
    }

    private List<Arrival> waiting() {
        if (arrivals == null) {
            List<Arrival> all = new ArrayList<>();
            Iterable<Arrival> stored = get();
            if (stored != null) {
                stored.forEach(all::add);
            }
            all.sort(ORDER);
            arrivals = all;
        }
        return arrivals;
    }

    private @Nullable Iterable<Arrival> get() {
        try {
            return state.get();
        } catch (Exception unreadable) {
            throw new IllegalStateException("what waits for its place in order cannot be read", unreadable);
        }
    }

    static long millis(Arrival arrival) {
        return arrival.at().toEpochMilli();
    }

    /** The instant of the earliest arrival that waits; {@link Long#MAX_VALUE} if none does. */
    long earliest() {
        List<Arrival> waiting = waiting();
        return next < waiting.size() ? millis(waiting.get(next)) : Long.MAX_VALUE;
    }

    /** The earliest of those that were looked at; what was never looked at has its timer from when it came. */
    long earliestSeen() {
        return arrivals == null ? Long.MAX_VALUE : earliest();
    }

    /** The instant of the latest arrival that waits; {@link Long#MIN_VALUE} if none does. */
    long latest() {
        List<Arrival> waiting = waiting();
        return next < waiting.size() ? millis(waiting.get(waiting.size() - 1)) : Long.MIN_VALUE;
    }

    /** Takes out all arrivals of the instant. */
    List<Arrival> take(long instant) {
        List<Arrival> waiting = waiting();
        int from = next;
        while (next < waiting.size() && millis(waiting.get(next)) == instant) {
            next++;
        }
        return waiting.subList(from, next);
    }

    /** Puts back what still waits, if anything was taken out. */
    void save() throws Exception {
        if (next > 0) {
            List<Arrival> waiting = waiting();
            state.update(new ArrayList<>(waiting.subList(next, waiting.size())));
        }
    }

    private static int rank(Arrival arrival) {
        return switch (arrival.kind()) {
            case RULE, REFUSED, RECALLED -> 0;
            case PRIVACY -> 1;
            case PROFILE -> 2;
            case SESSION -> 3;
            case EVENT -> 4;
            case ACTION -> 5;
        };
    }

    private static String tie(Arrival arrival) {
        Event event = arrival.event();
        return event == null ? "" : event.id();
    }
}

package dev.tideline.job.person;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    private final List<Arrival> waiting;
    private int next;

    /** Takes over what waits, in any order. */
    Timeline(Iterable<Arrival> arrivals) {
        waiting = new ArrayList<>();
        arrivals.forEach(waiting::add);
        waiting.sort(ORDER);
    }

    static long millis(Arrival arrival) {
        return arrival.at().toEpochMilli();
    }

    /** The instant of the earliest arrival that waits; {@link Long#MAX_VALUE} if none does. */
    long earliest() {
        return next < waiting.size() ? millis(waiting.get(next)) : Long.MAX_VALUE;
    }

    /** Takes out all arrivals of the instant. */
    List<Arrival> take(long instant) {
        int from = next;
        while (next < waiting.size() && millis(waiting.get(next)) == instant) {
            next++;
        }
        return waiting.subList(from, next);
    }

    /** What still waits. */
    List<Arrival> rest() {
        return new ArrayList<>(waiting.subList(next, waiting.size()));
    }

    /** Whether anything was taken out. */
    boolean moved() {
        return next > 0;
    }

    private static int rank(Arrival arrival) {
        return switch (arrival.kind()) {
            case RULE, REFUSED -> 0;
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

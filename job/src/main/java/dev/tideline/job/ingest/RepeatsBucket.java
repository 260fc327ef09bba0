package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Event;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.util.MathUtils;

/**
 * Spreads event ids over 65,536 buckets. All of an id goes into the hash, because producers number in many ways: the first
 * digits of a version 7 UUID are the time of day. What is not an event has no id to repeat, and is spread by user.
 */
final class RepeatsBucket implements KeySelector<Arrival, Integer> {
    private static final long serialVersionUID = 1L;
    private static final int MASK = 0xFFFF;

    @Override
    public Integer getKey(Arrival arrival) {
        Event event = arrival.event();
        return of(event == null ? arrival.user() : event.id());
    }

    static int of(String id) {
        return MathUtils.murmurHash(id.hashCode()) & MASK;
    }
}

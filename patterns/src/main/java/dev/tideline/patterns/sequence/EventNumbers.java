package dev.tideline.patterns.sequence;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;

/**
 * Where the shared buffer counts events per millisecond to tell them apart, we give it one running number per user: it
 * never forgets, so that ids cannot collide however the facts of one millisecond are handed in.
 */
final class EventNumbers implements MapState<Long, Integer> {
    private int next;

    int next() {
        return next;
    }

    void continueAt(int number) {
        next = number;
    }

    @Override
    public Integer get(Long millis) {
        return next;
    }

    @Override
    public void put(Long millis, Integer number) {
        next = number;
    }

    @Override
    public void putAll(Map<Long, Integer> numbers) {
        throw new UnsupportedOperationException("the shared buffer numbers its events one by one");
    }

    /** There are no counts per millisecond to forget. */
    @Override
    public void remove(Long millis) {}

    @Override
    public boolean contains(Long millis) {
        return true;
    }

    @Override
    public Iterable<Map.Entry<Long, Integer>> entries() {
        return Set.of();
    }

    @Override
    public Iterable<Long> keys() {
        return Set.of();
    }

    @Override
    public Iterable<Integer> values() {
        return Set.of();
    }

    @Override
    public Iterator<Map.Entry<Long, Integer>> iterator() {
        return entries().iterator();
    }

    /** False, so that the shared buffer does not try to clear it. */
    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public void clear() {}
}

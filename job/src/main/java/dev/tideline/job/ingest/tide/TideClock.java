package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Keeps event time for all partitions together, from what was read and from what the broker says is there.
 *
 * <p>The rules, with w = (highest event time of a partition, none above its reception) − out-of-orderness:
 *
 * <ul>
 *   <li>Event time is the lowest w of all active partitions of events. A partition is active unless it was read to its
 *       end, and got nothing new, for the idle timeout, while the broker answered. An active partition without an event
 *       holds event time where it is.
 *   <li>With no partition active, event time takes the highest w of all and goes on from there at the wall clock's rate.
 *   <li>It stands while profiles or privacy requests that were there at the look before are unread.
 *   <li>It never falls, and never exceeds wall clock − out-of-orderness.
 * </ul>
 *
 * <p>Pure: all times are told, in milliseconds since 1970. Confined to one thread.
 */
final class TideClock {
    /** No time, no offset. */
    static final long NONE = Long.MIN_VALUE;

    /**
     * How fast things may go, in milliseconds.
     *
     * @param patience so long without an answer and what was known of the partitions' ends is forgotten
     */
    record Pace(long outOfOrderness, long idleTimeout, long patience) {}

    /** Where the broker said that a partition begins and ends. */
    record Span(String partition, Channel channel, long begin, long end) {}

    private final Pace pace;
    private final Map<String, PartitionTide> partitions = new TreeMap<>();
    private final Map<String, Long> highestBefore;
    private long eventTime;
    private long answeredAt = NONE;
    private long wentOnAt = NONE;

    TideClock(Pace pace, long eventTime) {
        this(pace, eventTime, Map.of());
    }

    /**
     * A clock that goes on where another one stood.
     *
     * @param highestBefore by partition the highest event time that was read before, as {@link #highest} told it
     */
    TideClock(Pace pace, long eventTime, Map<String, Long> highestBefore) {
        this.pace = pace;
        this.eventTime = eventTime;
        this.highestBefore = Map.copyOf(highestBefore);
    }

    /** By partition the highest event time that was read, of those that had an event. */
    Map<String, Long> highest() {
        Map<String, Long> highest = new TreeMap<>();
        partitions.forEach((name, partition) -> {
            if (partition.highest() != NONE) {
                highest.put(name, partition.highest());
            }
        });
        return highest;
    }

    private PartitionTide partition(String name, Channel channel) {
        return partitions.computeIfAbsent(
                name, any -> new PartitionTide(channel, highestBefore.getOrDefault(name, NONE)));
    }

    /** Event time; {@link #NONE} before the first event. */
    long eventTime() {
        return eventTime;
    }

    /** What is known of each partition, by name. */
    Map<String, PartitionTide> partitions() {
        return partitions;
    }

    /** A reader handed on all records of a partition below {@code next}, the events among them up to {@code reach}. */
    void read(String partition, Channel channel, long next, long reach) {
        partition(partition, channel).read(next, reach);
    }

    /** The broker answered: these are all partitions there are. */
    void looked(Collection<Span> spans, long wall) {
        if (answeredAt != NONE && wall - answeredAt > pace.patience()) {
            silent();
        }
        partitions.keySet().retainAll(spans.stream().map(Span::partition).toList());
        for (Span span : spans) {
            partition(span.partition(), span.channel()).seen(span.begin(), span.end(), wall);
        }
        answeredAt = wall;
        settle(wall);
        goOnIfQuiet(wall);
    }

    /** The broker does not answer: nobody knows what is waiting to be written. */
    void silent() {
        partitions.values().forEach(PartitionTide::doubt);
        wentOnAt = NONE;
    }

    /** The readers of these partitions start anew from a checkpoint at which event time stood where it is told. */
    void rewind(Collection<String> names, long eventTimeThen) {
        partitions.forEach((name, partition) -> {
            if (names.contains(name)) {
                partition.rewind();
            }
        });
        eventTime = Math.min(eventTime, eventTimeThen);
        wentOnAt = NONE;
    }

    /** Lets event time rise to where the active partitions allow. */
    void settle(long wall) {
        if (answeredAt == NONE || held() || active().findAny().isEmpty()) {
            return;
        }
        wentOnAt = NONE;
        long lowest = active().mapToLong(PartitionTide::highest).min().orElse(NONE);
        rise(lowest, wall);
    }

    private void goOnIfQuiet(long wall) {
        if (held() || leading().findAny().isEmpty() || active().findAny().isPresent()) {
            wentOnAt = NONE;
            return;
        }
        if (wentOnAt == NONE) {
            rise(leading().mapToLong(PartitionTide::highest).max().orElse(NONE), wall);
        } else if (eventTime != NONE) {
            rise(eventTime + pace.outOfOrderness() + (wall - wentOnAt), wall);
        }
        wentOnAt = wall;
    }

    private void rise(long highest, long wall) {
        if (highest != NONE) {
            eventTime = Math.max(eventTime, Math.min(highest, wall) - pace.outOfOrderness());
        }
    }

    private boolean held() {
        return partitions.values().stream().anyMatch(partition -> switch (partition.channel()) {
            case PROFILES, PRIVACY -> partition.behind();
            case EVENTS, RULES, ACTIONS -> false;
        });
    }

    private Stream<PartitionTide> leading() {
        return partitions.values().stream().filter(partition -> partition.channel() == Channel.EVENTS);
    }

    private Stream<PartitionTide> active() {
        return leading().filter(partition -> !partition.quietFor(pace.idleTimeout(), answeredAt));
    }
}

package dev.tideline.job.demo.simulation;

import dev.tideline.job.ingest.Channel;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * All that the platform writes, in the order in which it writes it, without end: profiles and consents first, then events
 * as people come and go. About one event in a hundred is written late, one in two hundred twice, and one in
 * {@value #BROKEN_EVERY} is followed by a broken copy.
 *
 * <p>Pure: the same seed, number of users and start give the same records, byte for byte. It holds one day of events per
 * user. For one thread.
 */
public final class Simulation implements Iterator<Emission> {
    /** How far back event time begins, at least, so that it has weeks to catch up with the wall clock. */
    public static final Duration SPAN = Duration.ofDays(60);

    private static final int BROKEN_EVERY = 1500;
    private static final int FIRST_BROKEN = 40;

    private final PriorityQueue<Life> lives =
            new PriorityQueue<>(Comparator.comparing(Life::next).thenComparing(Life::index));
    private final Queue<Emission> broken = new ArrayDeque<>();
    private long events;

    /**
     * A world of its own.
     *
     * @param users at least 1
     * @param start its first instant
     */
    public Simulation(long seed, int users, Instant start) {
        if (users < 1) {
            throw new IllegalArgumentException("a platform has at least one user, not " + users);
        }
        for (int index = 0; index < users; index++) {
            lives.add(new Life(index, start, new Chance(seed, index)));
        }
    }

    /**
     * Where a world begins that is to reach {@code now}: on the Monday, midnight UTC, at or before 60 days
     * ago. So a seed gives the same weeks, only moved, whenever the demo is run.
     */
    public static Instant startFor(Instant now) {
        return now.minus(SPAN)
                .atOffset(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }

    @Override
    public boolean hasNext() {
        return !broken.isEmpty() || !lives.isEmpty();
    }

    @Override
    public Emission next() {
        Emission damaged = broken.poll();
        if (damaged != null) {
            return damaged;
        }
        Life life = lives.poll();
        if (life == null) {
            throw new NoSuchElementException("everyone has left");
        }
        Emission emission = life.emit();
        if (life.goesOn()) {
            lives.add(life);
        }
        if (emission.channel() == Channel.EVENTS && events++ % BROKEN_EVERY == FIRST_BROKEN) {
            broken.add(damaged(emission));
        }
        return emission;
    }

    private Emission damaged(Emission emission) {
        Breakage[] ways = Breakage.values();
        Breakage way = ways[(int) (events / BROKEN_EVERY % ways.length)];
        return new Emission(emission.at(), Channel.EVENTS, emission.key(), way.apply(emission.value()));
    }
}

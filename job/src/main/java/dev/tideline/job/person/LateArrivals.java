package dev.tideline.job.person;

import java.time.Instant;

/** Numbers what comes late, so that what was kept of it can be put in its order again. For one thread. */
final class LateArrivals {
    private static final int MOST = 999;

    private long place = Long.MIN_VALUE;
    private int count;

    /**
     * The next one.
     *
     * @param now where event time stands (epoch milliseconds)
     * @return that instant, in its microseconds 1, 2, 3 …, and no more than 999
     */
    Instant place(long now) {
        count = now == place ? Math.min(count + 1, MOST) : 1;
        place = now;
        return Instant.ofEpochMilli(now).plusNanos(count * 1000L);
    }
}

package dev.tideline.job.ingest.tide;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where event time stands, and why it may stand still.
 *
 * @param eventTimeMillis milliseconds since 1970; {@link TideClock#NONE} before the first event
 * @param lag records on each topic that the job has not read, by topic
 * @param brokerAnswers whether the broker answered when it was last asked
 * @param started whether events are let in; false while rules, profiles and privacy requests are read first
 */
public record TideReading(long eventTimeMillis, Map<String, Long> lag, boolean brokerAnswers, boolean started)
        implements Serializable {
    public TideReading {
        lag = Map.copyOf(lag);
    }

    /** Event time; empty before the first event. */
    public Optional<Instant> eventTime() {
        return eventTimeMillis == TideClock.NONE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(eventTimeMillis));
    }

    /** Records on all topics that the job has not read. */
    public long totalLag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}

package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.RuleRecord;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FetchedSchemaTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_000_000 * MINUTE;

    @Test
    void anEventReachesAsFarAsItsOwnTime() {
        assertThat(reach(NOW - MINUTE, TimestampType.CREATE_TIME, NOW)).isEqualTo(NOW - MINUTE);
    }

    @Test
    void anEventFromTheFutureReachesAsFarAsItsReception() {
        assertThat(reach(NOW + 4 * MINUTE, TimestampType.CREATE_TIME, NOW + 4 * MINUTE))
                .isEqualTo(NOW);
    }

    @Test
    void inABacklogItsReceptionByTheBrokerCounts() {
        long appended = NOW - 60 * MINUTE;
        assertThat(reach(appended + 4 * MINUTE, TimestampType.LOG_APPEND_TIME, appended))
                .isEqualTo(appended);
        assertThat(reach(appended + 40 * MINUTE, TimestampType.LOG_APPEND_TIME, appended))
                .isEqualTo(appended);
        assertThat(reach(appended + 4 * MINUTE, TimestampType.CREATE_TIME, appended))
                .isEqualTo(appended);
    }

    @Test
    void aRecordTimestampThatCannotBeTheReceptionIsIgnored() {
        assertThat(reach(NOW - MINUTE, TimestampType.CREATE_TIME, 0)).isEqualTo(NOW - MINUTE);
        assertThat(reach(NOW - MINUTE, TimestampType.NO_TIMESTAMP_TYPE, -1)).isEqualTo(NOW - MINUTE);
        assertThat(reach(NOW - MINUTE, TimestampType.CREATE_TIME, NOW - 60 * MINUTE))
                .isEqualTo(NOW - MINUTE);
    }

    @Test
    void onlyEventsMoveEventTime() {
        Arrival rule = Arrival.of(new RuleRecord("segment/a", null, Instant.ofEpochMilli(NOW)));
        assertThat(FetchedSchema.reach(rule, sourceRecord(TimestampType.CREATE_TIME, NOW), NOW))
                .isEqualTo(TideClock.NONE);
    }

    private static long reach(long at, TimestampType type, long recordTimestamp) {
        Instant received = Instant.ofEpochMilli(NOW);
        Arrival arrival = Arrival.of(PlainRecords.event("user", Instant.ofEpochMilli(at), received));
        return FetchedSchema.reach(arrival, sourceRecord(type, recordTimestamp), NOW);
    }

    private static ConsumerRecord<byte[], byte[]> sourceRecord(TimestampType type, long timestamp) {
        return new ConsumerRecord<>(
                "events", 0, 0, timestamp, type, 0, 0, new byte[0], new byte[0], new RecordHeaders(), Optional.empty());
    }
}

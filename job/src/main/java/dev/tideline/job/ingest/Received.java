package dev.tideline.job.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came in, before anyone looked inside. The arrays are lent: nobody changes them.
 *
 * @param topic the topic, or the name of the file
 * @param partition 0 for a file
 * @param offset the offset, or the line of a file, from 1
 * @param value null for a tombstone
 * @param recordTimestamp the record's own timestamp in milliseconds since 1970; counts for rules only
 * @param receivedAt what the wall clock showed when it was read
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Compared by nobody, and made once a record: copies would cost more than they save.
public record Received(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        long recordTimestamp,
        Instant receivedAt) {}

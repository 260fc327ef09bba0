package dev.tideline.job.ingest.tide;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** What a reader has handed on of one partition, and what of it was reported. Confined to the reader's thread. */
final class SplitProgress {
    private final TopicPartition partition;
    private long position;
    private long highest = TideClock.NONE;
    private boolean changed = true;

    SplitProgress(TopicPartition partition, long position) {
        this.partition = partition;
        this.position = position;
    }

    void advance(long next, long reach) {
        position = next;
        highest = Math.max(highest, reach);
        changed = true;
    }

    /** How far it has been read, if that was not said yet. */
    Optional<Progress.OfPartition> news() {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        return Optional.of(new Progress.OfPartition(partition.topic(), partition.partition(), position, highest));
    }
}

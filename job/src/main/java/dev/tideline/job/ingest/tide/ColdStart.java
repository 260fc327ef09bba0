package dev.tideline.job.ingest.tide;

import dev.tideline.job.ingest.Channel;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds the first event back until the rules, profiles and privacy requests that were there at the start have been read,
 * and until a checkpoint after that is complete: then all of them have gone through all operators. Pure; one thread.
 */
final class ColdStart {
    /** How far it has come. */
    enum Phase {
        READING,
        WAITING_FOR_CHECKPOINT,
        OPEN
    }

    private static final long NO_CHECKPOINT = -1;

    private final boolean needsCheckpoint;
    private final Map<String, Long> endsAtStart = new HashMap<>();
    private boolean looked;
    private Phase phase;
    private long firstCheckpoint = NO_CHECKPOINT;

    ColdStart(boolean open, boolean needsCheckpoint) {
        this.phase = open ? Phase.OPEN : Phase.READING;
        this.needsCheckpoint = needsCheckpoint;
    }

    Phase phase() {
        return phase;
    }

    boolean open() {
        return phase == Phase.OPEN;
    }

    /** The broker answered: the first answer says what was there at the start. */
    void looked(TideClock clock) {
        if (!looked) {
            looked = true;
            clock.partitions().forEach((name, partition) -> {
                if (comesFirst(partition.channel())) {
                    endsAtStart.put(name, partition.position() + partition.unread());
                }
            });
        }
        settle(clock);
    }

    /** Something was read. */
    void settle(TideClock clock) {
        if (phase == Phase.READING && looked && unread(clock) == 0) {
            phase = needsCheckpoint ? Phase.WAITING_FOR_CHECKPOINT : Phase.OPEN;
        }
    }

    /** Records that were there at the start and are still to be read. */
    long unread(TideClock clock) {
        return endsAtStart.entrySet().stream()
                .mapToLong(entry -> {
                    PartitionTide partition = clock.partitions().get(entry.getKey());
                    return partition == null ? 0 : Math.max(0, entry.getValue() - partition.position());
                })
                .sum();
    }

    /** A checkpoint begins. */
    void checkpointBegins(long checkpoint) {
        if (phase == Phase.WAITING_FOR_CHECKPOINT && firstCheckpoint == NO_CHECKPOINT) {
            firstCheckpoint = checkpoint;
        }
    }

    /** A checkpoint is complete. */
    void checkpointCompletes(long checkpoint) {
        if (phase == Phase.WAITING_FOR_CHECKPOINT
                && firstCheckpoint != NO_CHECKPOINT
                && checkpoint >= firstCheckpoint) {
            phase = Phase.OPEN;
        }
    }

    /** Readers start anew: what they had read may be on its way again. */
    void rewind() {
        if (phase == Phase.WAITING_FOR_CHECKPOINT) {
            phase = Phase.READING;
        }
        firstCheckpoint = NO_CHECKPOINT;
    }

    private static boolean comesFirst(Channel channel) {
        return switch (channel) {
            case RULES, PROFILES, PRIVACY -> true;
            case EVENTS, ACTIONS -> false;
        };
    }
}

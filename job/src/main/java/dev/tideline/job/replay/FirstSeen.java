package dev.tideline.job.replay;

import dev.tideline.job.ingest.Ingest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets an event of a history in time order through once, an id seen again within {@link Ingest#SAME} is the same event. For one thread.
 *
 * <p>Owns: of the ids that may repeat, the last time that each went through · Lifecycle: until time is too far past it for a repeat
 * · Never: an id that is there once, but for a few.
 */
final class FirstSeen {
    private static final long SAME = Ingest.SAME.toMillis();

    private final RepeatedIds repeated;
    private final Map<Id, Long> taken = new HashMap<>();
    private final Deque<Taken> byTime = new ArrayDeque<>();

    private record Id(long high, long low) {}

    private record Taken(Id id, long millis) {}

    FirstSeen(RepeatedIds repeated) {
        this.repeated = repeated;
    }

    /**
     * Whether the event is none that went through before.
     *
     * @param event begins with its id
     * @param millis its time, at or after that of the event before
     */
    boolean isFirst(byte[] event, long millis) {
        if (!repeated.mayRepeat(event)) {
            return true;
        }
        forgetBefore(millis);
        Id id = new Id(RepeatedIds.number(event, 0), RepeatedIds.number(event, Long.BYTES));
        Long before = taken.get(id);
        if (before != null && millis - before <= SAME) {
            return false;
        }
        taken.put(id, millis);
        byTime.add(new Taken(id, millis));
        return true;
    }

    private void forgetBefore(long millis) {
        for (Taken oldest = byTime.peek(); oldest != null && millis - oldest.millis > SAME; oldest = byTime.peek()) {
            taken.remove(oldest.id, oldest.millis);
            byTime.remove();
        }
    }
}

package dev.tideline.job.ingest.tide;

import dev.tideline.patterns.fact.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What came out of a source, record by record, with the watermark that stood when it came. Any thread. */
final class Recording {
    /** A user whose first event fails the job, once. */
    static final String POISON = "poison";

    private static final Map<String, Recording> RECORDINGS = new ConcurrentHashMap<>();

    private final List<Seen> seen = new ArrayList<>();
    private final List<Long> watermarks = new ArrayList<>();
    private boolean poisoned;

    /** An arrival with its stream timestamp, and the watermark before it. */
    record Seen(Arrival.Kind kind, String user, long at, long watermark) {
        boolean late() {
            return at <= watermark;
        }
    }

    static Recording named(String name) {
        return RECORDINGS.computeIfAbsent(name, key -> new Recording());
    }

    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    synchronized List<Seen> events() {
        return seen.stream().filter(one -> one.kind() == Arrival.Kind.EVENT).toList();
    }

    synchronized int size() {
        return seen.size();
    }

    /** The watermarks of all recorders, in the order in which they came. */
    synchronized List<Long> watermarks() {
        return List.copyOf(watermarks);
    }

    synchronized long watermark() {
        return watermarks.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE);
    }

    synchronized void clear() {
        seen.clear();
        watermarks.clear();
    }

    private synchronized void record(StreamRecord<Arrival> element, long watermark) {
        Arrival arrival = element.getValue();
        if (arrival.user().equals(POISON) && !poisoned) {
            poisoned = true;
            throw new IllegalStateException("failing as told");
        }
        seen.add(new Seen(arrival.kind(), arrival.user(), element.getTimestamp(), watermark));
    }

    private synchronized void advance(long watermark) {
        watermarks.add(watermark);
    }

    /** Writes into the recording of that name in this process. */
    static final class Recorder extends AbstractStreamOperator<Void> implements OneInputStreamOperator<Arrival, Void> {
        private static final long serialVersionUID = 1L;

        private final String name;
        private long watermark = Long.MIN_VALUE;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public void processElement(StreamRecord<Arrival> element) {
            named(name).record(element, watermark);
        }

        @Override
        public void processWatermark(Watermark mark) throws Exception {
            watermark = mark.getTimestamp();
            named(name).advance(watermark);
            super.processWatermark(mark);
        }
    }
}

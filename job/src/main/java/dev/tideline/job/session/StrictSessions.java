package dev.tideline.job.session;

import dev.tideline.patterns.fact.Arrival;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.MergingWindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Session windows that merge only where they really overlap. Flink's own also merge windows that merely touch, but only if
 * the second event comes before the watermark has passed the first one's last millisecond: whether a gap of exactly the
 * length closes a session would depend on the order of arrival. Here it always does.
 */
final class StrictSessions extends MergingWindowAssigner<Arrival, TimeWindow> {
    private static final long serialVersionUID = 1L;

    private final long gapMillis;

    StrictSessions(long gapMillis) {
        this.gapMillis = gapMillis;
    }

    /** By the event's own time, whatever timestamp the record came with. */
    @Override
    public Collection<TimeWindow> assignWindows(Arrival arrival, long timestamp, WindowAssignerContext context) {
        long start = arrival.at().toEpochMilli();
        return List.of(new TimeWindow(start, start + gapMillis));
    }

    @Override
    public void mergeWindows(Collection<TimeWindow> windows, MergeCallback<TimeWindow> callback) {
        List<TimeWindow> sorted = new ArrayList<>(windows);
        sorted.sort(Comparator.comparingLong(TimeWindow::getStart).thenComparingLong(TimeWindow::getEnd));
        List<TimeWindow> run = new ArrayList<>();
        for (TimeWindow window : sorted) {
            if (!run.isEmpty() && window.getStart() >= cover(run).getEnd()) {
                merge(run, callback);
                run.clear();
            }
            run.add(window);
        }
        merge(run, callback);
    }

    private static void merge(List<TimeWindow> run, MergeCallback<TimeWindow> callback) {
        if (run.size() > 1) {
            callback.merge(new ArrayList<>(run), cover(run)); // Flink takes elements out of the list
        }
    }

    private static TimeWindow cover(List<TimeWindow> run) {
        return run.stream().reduce(TimeWindow::cover).orElseThrow();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // Flink's trigger takes anything, but is typed for Object.
    public Trigger<Arrival, TimeWindow> getDefaultTrigger() {
        return (Trigger) EventTimeTrigger.create();
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig executionConfig) {
        return new TimeWindow.Serializer();
    }

    @Override
    public boolean isEventTime() {
        return true;
    }

    @Override
    public String toString() {
        return "StrictSessions(" + gapMillis + " ms)";
    }
}

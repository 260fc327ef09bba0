package dev.tideline.job.cep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * What a job says, each line exactly once: what was said after the checkpoint that a job starts from again is struck out.
 *
 * <p>One per run, found by the run's name, since the job runs in this process; written by one task.
 */
final class Notes {
    private static final Map<String, Notes> KNOWN = new ConcurrentHashMap<>();

    private final List<String> lines = new ArrayList<>();
    private final TreeMap<Long, Integer> linesAt = new TreeMap<>();

    private Notes() {}

    static Notes of(String run) {
        return KNOWN.computeIfAbsent(run, any -> new Notes());
    }

    static void forget() {
        KNOWN.clear();
    }

    /** Writes down everything that the stream says. */
    static void take(DataStream<String> said, String run) {
        said.process(new Writing(run))
                .uid("notes")
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .uid("nothing")
                .setParallelism(1);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    private synchronized void mark(long checkpoint) {
        linesAt.put(checkpoint, lines.size());
    }

    private synchronized void strikeOutAfter(long checkpoint) {
        Integer valid = linesAt.get(checkpoint);
        if (valid == null) {
            throw new IllegalStateException("nothing is known of checkpoint " + checkpoint);
        }
        lines.subList(valid, lines.size()).clear();
        linesAt.tailMap(checkpoint, false).clear();
    }

    private static final class Writing extends ProcessFunction<String, String> implements CheckpointedFunction {
        private static final long serialVersionUID = 1;
        private final String run;

        Writing(String run) {
            this.run = run;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            context.getRestoredCheckpointId().ifPresent(Notes.of(run)::strikeOutAfter);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            Notes.of(run).mark(context.getCheckpointId());
        }

        @Override
        public void processElement(String line, Context context, Collector<String> out) {
            Notes.of(run).add(line);
        }
    }
}

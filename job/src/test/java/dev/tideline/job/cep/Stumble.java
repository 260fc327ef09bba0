package dev.tideline.job.cep;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Passes everything on, and fails once when a checkpoint is complete and the test asks for it: the job starts from that one. */
final class Stumble implements MapFunction<Integer, Integer>, CheckpointListener {
    private static final long serialVersionUID = 1;
    private static final Set<String> ASKED = ConcurrentHashMap.newKeySet();

    private final String run;

    Stumble(String run) {
        this.run = run;
    }

    static void ask(String run) {
        ASKED.add(run);
    }

    static boolean happened(String run) {
        return !ASKED.contains(run);
    }

    @Override
    public Integer map(Integer number) {
        return number;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        if (ASKED.remove(run)) {
            throw new IllegalStateException("a failure that the test asked for");
        }
    }
}

package dev.tideline.job.person;

import dev.tideline.job.rules.RuleRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The rules as this task has them, and as they come back after a restart.
 *
 * <p>Owns: the versions that {@link KeptRules} keeps · Lifecycle: as there · Never: a rule compiled.
 */
final class RuleState {
    private static final MapStateDescriptor<String, RuleVersion> VERSIONS =
            new MapStateDescriptor<>("rule-versions", String.class, RuleVersion.class);
    private static final MapStateDescriptor<String, Long> MARKS =
            new MapStateDescriptor<>("rule-marks", String.class, Long.class);
    private static final String BEGIN = "begin";
    private static final String REVISION = "revision";
    private static final String FILLED = "filled";

    private final BroadcastState<String, RuleVersion> versions;
    private final BroadcastState<String, Long> marks;
    private final KeptRules kept;

    /**
     * @param fromTheStart taken once: what a restored task has is what all had agreed on, whatever the files say by now
     */
    RuleState(FunctionInitializationContext context, List<RuleRevision> fromTheStart) throws Exception {
        versions = context.getOperatorStateStore().getBroadcastState(VERSIONS);
        marks = context.getOperatorStateStore().getBroadcastState(MARKS);
        List<RuleVersion> known = new ArrayList<>();
        versions.immutableEntries().forEach(entry -> known.add(entry.getValue()));
        if (!context.isRestored()) {
            fromTheStart.forEach(revision -> known.add(RuleVersion.of(revision)));
        }
        kept = new KeptRules(known, mark(BEGIN, Long.MIN_VALUE));
        write(kept.byNumber());
    }

    KeptRules kept() {
        return kept;
    }

    /** The highest revision that this task has; it has all below too. */
    long revision() throws Exception {
        return mark(REVISION, 0);
    }

    /**
     * Takes a revision, unless it is one that this task has.
     *
     * @param now how far event time has come; what falls due until then has happened to all users of this task
     * @return whether anything changed
     */
    boolean take(RuleRevision revision, long now) throws Exception {
        if (revision.number() <= revision()) {
            return false;
        }
        kept.take(RuleVersion.of(revision));
        kept.forget(now);
        marks.put(REVISION, revision.number());
        marks.put(BEGIN, kept.begin());
        write(kept.byNumber());
        return true;
    }

    /** The highest pass through history that is over. */
    long filled() throws Exception {
        return mark(FILLED, 0);
    }

    /**
     * A pass through history is over.
     *
     * @return from when on the earliest of the rules that waited for it holds (epoch milliseconds); {@link Long#MAX_VALUE} if
     *     none did
     */
    long fill(long pass) throws Exception {
        if (pass <= filled()) {
            return Long.MAX_VALUE;
        }
        long from = kept.fill(pass);
        marks.put(FILLED, pass);
        write(kept.byNumber());
        return from;
    }

    private void write(Map<String, RuleVersion> now) throws Exception {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, RuleVersion> known : versions.immutableEntries()) {
            if (!now.containsKey(known.getKey())) {
                gone.add(known.getKey());
            }
        }
        for (String key : gone) {
            versions.remove(key);
        }
        for (Map.Entry<String, RuleVersion> version : now.entrySet()) {
            if (!version.getValue().equals(versions.get(version.getKey()))) {
                versions.put(version.getKey(), version.getValue());
            }
        }
    }

    private long mark(String name, long otherwise) throws Exception {
        Long known = marks.get(name);
        return known == null ? otherwise : known;
    }
}

package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.Scope;
import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition.Context;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** A fact that a step may take, before the facts that a partial match has accepted. */
record StepScope(Fact fact, UserProfile user, List<String> earlier, Context<HeldFact> accepted) implements Scope {

    /** Steps accept in their order, so the latest step with a fact holds the latest fact. */
    @Override
    public @Nullable Fact previous() {
        for (String name : earlier) {
            Fact latest = step(name);
            if (latest != null) {
                return latest;
            }
        }
        return null;
    }

    @Override
    public @Nullable Fact step(String name) {
        HeldFact latest = null;
        for (HeldFact fact : acceptedBy(name)) {
            latest = fact;
        }
        return latest == null ? null : latest.fact();
    }

    private Iterable<HeldFact> acceptedBy(String name) {
        try {
            return accepted.getEventsForPattern(name);
        } catch (Exception broken) {
            throw new FlinkRuntimeException("the shared buffer lost the facts of step " + name, broken);
        }
    }
}

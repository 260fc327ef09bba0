package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.Predicate;
import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step takes a fact. Its fields are transient because Flink asks every condition to be serializable; ours is
 * compiled where it is used and never travels.
 */
final class StepCondition extends IterativeCondition<HeldFact> {
    private static final long serialVersionUID = 1;

    private final transient @Nullable String kind;
    private final transient @Nullable Predicate predicate;
    private final transient List<String> earlier;
    private final transient CurrentUser user;

    /**
     * @param kind the kind of fact that qualifies; null = any
     * @param predicate null = any such fact
     * @param earlier the steps that may hold facts by now, the latest first
     */
    StepCondition(@Nullable String kind, @Nullable Predicate predicate, List<String> earlier, CurrentUser user) {
        this.kind = kind;
        this.predicate = predicate;
        this.earlier = earlier;
        this.user = user;
    }

    @Override
    public boolean filter(HeldFact held, Context<HeldFact> accepted) {
        Fact fact = held.fact();
        if (kind != null && !kind.equals(fact.kind())) {
            return false;
        }
        return predicate == null || holds(predicate, new StepScope(fact, user.profile(), earlier, accepted));
    }

    private static boolean holds(Predicate predicate, StepScope scope) {
        try {
            return predicate.test(scope);
        } catch (FlinkRuntimeException brokenBuffer) {
            throw brokenBuffer;
        } catch (RuntimeException wrong) {
            // A predicate that cannot be decided does not hold; one bad rule must not stop everybody's.
            return false;
        }
    }
}

package dev.tideline.patterns.sequence;

import dev.tideline.patterns.fact.Fact;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Flink CEP as it comes, in an operator of its own per pattern: the answer that ours is held against. */
final class StockFlinkCep {
    private static final TypeSerializer<Fact> FACTS =
            TypeInformation.of(Fact.class).createSerializer(new SerializerConfigImpl());

    private StockFlinkCep() {}

    /** What a step may ask of a fact, in a form that both sides can be made of. */
    enum Question {
        ANYTHING,
        LOW,
        FALLING,
        BELOW_FIRST
    }

    /** A step, said once for both sides. */
    record Plan(
            String name,
            String contiguity,
            String on,
            Question question,
            int from,
            @Nullable Integer to,
            boolean optional,
            boolean greedy,
            boolean consecutive,
            boolean untilLow)
            implements Serializable {}

    /** The matches of facts given in the order of time, as lines of text. */
    static List<String> matches(List<Plan> plan, Duration within, List<Fact> facts, boolean stamped) throws Exception {
        var factory = NFACompiler.compileFactory(pattern(plan, within), false);
        var operator = new CepOperator<Fact, String, String>(
                FACTS, false, factory, null, AfterMatchSkipStrategy.noSkip(), new Telling(stamped), null);
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, Fact::user, Types.STRING)) {
            harness.open();
            for (int i = 0; i < facts.size(); i++) {
                Fact fact = facts.get(i);
                harness.processElement(fact, fact.millis());
                if (i + 1 == facts.size() || facts.get(i + 1).millis() > fact.millis()) {
                    harness.processWatermark(fact.millis());
                }
            }
            harness.processWatermark(Long.MAX_VALUE);
            return List.copyOf(harness.extractOutputValues());
        }
    }

    static String line(String user, @Nullable Long atMillis, Map<String, List<Fact>> steps) {
        Map<String, List<String>> ids = new TreeMap<>();
        steps.forEach(
                (step, taken) -> ids.put(step, taken.stream().map(Fact::id).toList()));
        return user + (atMillis == null ? "" : " at " + atMillis) + " " + ids;
    }

    private static final class Telling extends PatternProcessFunction<Fact, String> {
        private static final long serialVersionUID = 1;
        private final boolean stamped;

        Telling(boolean stamped) {
            this.stamped = stamped;
        }

        @Override
        public void processMatch(
                Map<String, List<Fact>> match, PatternProcessFunction.Context context, Collector<String> out) {
            String user = match.values().iterator().next().get(0).user();
            out.collect(line(user, stamped ? context.timestamp() : null, match));
        }
    }

    private static Pattern<Fact, ?> pattern(List<Plan> plan, Duration within) {
        Pattern<Fact, Fact> pattern = null;
        List<String> names = new ArrayList<>();
        for (Plan step : plan) {
            if (pattern == null) {
                pattern = Pattern.begin(step.name());
            } else {
                pattern = switch (step.contiguity()) {
                    case "next" -> pattern.next(step.name());
                    case "followed_by" -> pattern.followedBy(step.name());
                    case "followed_by_any" -> pattern.followedByAny(step.name());
                    case "not_next" -> pattern.notNext(step.name());
                    default -> pattern.notFollowedBy(step.name());
                };
            }
            names.add(step.name());
            pattern = quantified(pattern.where(new Asks(step.on(), step.question(), List.copyOf(names))), step);
            if (step.untilLow()) {
                pattern = pattern.until(new Asks(null, Question.LOW, List.of()));
            }
        }
        return java.util.Objects.requireNonNull(pattern).within(within);
    }

    private static Pattern<Fact, Fact> quantified(Pattern<Fact, Fact> pattern, Plan step) {
        Integer to = step.to();
        Pattern<Fact, Fact> often = to == null
                ? (step.from() == 1 ? pattern.oneOrMore() : pattern.timesOrMore(step.from()))
                : step.from() == 1 && to == 1 ? pattern : pattern.times(step.from(), to);
        often = step.optional() ? often.optional() : often;
        often = step.greedy() ? often.greedy() : often;
        return step.consecutive() ? often.consecutive() : often;
    }

    /** Written apart from our own condition, to find the fact accepted before by another way: its number. */
    private static final class Asks extends IterativeCondition<Fact> {
        private static final long serialVersionUID = 1;
        private final @Nullable String kind;
        private final Question question;
        private final List<String> names;

        Asks(@Nullable String kind, Question question, List<String> names) {
            this.kind = kind;
            this.question = question;
            this.names = names;
        }

        @Override
        public boolean filter(Fact fact, IterativeCondition.Context<Fact> context) throws Exception {
            if (kind != null && !kind.equals(fact.kind())) {
                return false;
            }
            double mood = Sample.mood(fact);
            return switch (question) {
                case ANYTHING -> true;
                case LOW -> mood < 0.3;
                case FALLING -> mood < moodOfLatest(context, names, 2);
                case BELOW_FIRST -> mood < moodOfLatest(context, names.subList(0, 1), 2);
            };
        }

        private static double moodOfLatest(
                IterativeCondition.Context<Fact> context, List<String> names, double otherwise) throws Exception {
            Fact latest = null;
            for (String name : names) {
                for (Fact accepted : context.getEventsForPattern(name)) {
                    if (latest == null || Integer.parseInt(accepted.id()) > Integer.parseInt(latest.id())) {
                        latest = accepted;
                    }
                }
            }
            return latest == null ? otherwise : Sample.mood(latest);
        }
    }
}

package dev.tideline.job.cep;

import dev.tideline.job.cep.Plan.Step;
import dev.tideline.job.cep.Plan.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Flink CEP as its documentation has it: {@code CEP.pattern(…)}, an operator for each pattern. */
final class StockCep {
    private static final EventComparator<Sighting> IN_ORDER =
            (one, other) -> Integer.compare(one.order(), other.order());

    private StockCep() {}

    /** The matches of all plans, as lines. Of the facts each operator sees those of the kinds that its rule names. */
    static DataStream<String> matches(DataStream<Sighting> sightings, List<Plan> plans) {
        DataStream<String> all = null;
        for (Plan plan : plans) {
            DataStream<String> found = CEP.pattern(
                            sightings
                                    .filter(sighting -> plan.kinds().contains(sighting.kind()))
                                    .keyBy(Sighting::user),
                            pattern(plan),
                            IN_ORDER)
                    .inEventTime()
                    .process(new Telling(plan), Types.STRING);
            all = all == null ? found : all.union(found);
        }
        return Objects.requireNonNull(all);
    }

    private static final class Telling extends PatternProcessFunction<Sighting, String> {
        private static final long serialVersionUID = 1;
        private final Plan plan;

        Telling(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void processMatch(Map<String, List<Sighting>> match, Context context, Collector<String> out) {
            Map<String, List<String>> ids = new LinkedHashMap<>();
            for (Step step : plan.steps()) {
                List<Sighting> taken = match.get(step.name());
                if (taken != null) {
                    ids.put(step.name(), taken.stream().map(Sighting::id).toList());
                }
            }
            List<Sighting> all = match.values().stream()
                    .flatMap(List::stream)
                    .sorted(IN_ORDER)
                    .toList();
            // Stock tells an absence at the next fact or watermark; the rule language promises the window's end.
            long at = plan.endsInAbsence()
                    ? all.get(0).millis() + plan.withinMillis()
                    : all.get(all.size() - 1).millis();
            out.collect(Line.match(plan.id(), all.get(0).user(), at, ids));
        }
    }

    private static Pattern<Sighting, ?> pattern(Plan plan) {
        Pattern<Sighting, Sighting> pattern = null;
        List<String> names = new ArrayList<>();
        for (Step step : plan.steps()) {
            pattern = pattern == null ? Pattern.begin(step.name()) : follow(pattern, step);
            if (!step.negative()) {
                names.add(step.name());
            }
            pattern = pattern.where(new Asks(
                    step.on(), step.where() == null ? null : step.where().truth(), List.copyOf(names)));
            pattern = often(pattern, step);
            if (step.until() != null) {
                pattern = pattern.until(new Asks(null, step.until().truth(), List.copyOf(names)));
            }
        }
        return Objects.requireNonNull(pattern).within(java.time.Duration.ofMinutes(plan.withinMinutes()));
    }

    private static Pattern<Sighting, Sighting> follow(Pattern<Sighting, Sighting> before, Step step) {
        return switch (step.contiguity() == null ? "followed_by" : step.contiguity()) {
            case "next" -> before.next(step.name());
            case "followed_by_any" -> before.followedByAny(step.name());
            case "not_next" -> before.notNext(step.name());
            case "not_followed_by" -> before.notFollowedBy(step.name());
            default -> before.followedBy(step.name());
        };
    }

    private static Pattern<Sighting, Sighting> often(Pattern<Sighting, Sighting> once, Step step) {
        Pattern<Sighting, Sighting> often = once;
        if (step.times() instanceof Times.Exactly exactly && exactly.n() > 1) {
            often = once.times(exactly.n());
        } else if (step.times() instanceof Times.Between between && between.to() > 1) {
            often = once.times(between.from(), between.to());
        } else if (step.times() instanceof Times.AtLeast least) {
            often = least.n() == 1 ? once.oneOrMore() : once.timesOrMore(least.n());
        }
        often = step.optional() ? often.optional() : often;
        often = step.greedy() ? often.greedy() : often;
        return step.consecutive() ? often.consecutive() : often;
    }

    /** A step's condition; which fact was taken last it finds by the facts' order, whatever step took it. */
    private static final class Asks extends IterativeCondition<Sighting> {
        private static final long serialVersionUID = 1;
        private final @Nullable String kind;
        private final @Nullable Truth truth;
        private final List<String> names;

        Asks(@Nullable String kind, @Nullable Truth truth, List<String> names) {
            this.kind = kind;
            this.truth = truth;
            this.names = names;
        }

        @Override
        public boolean filter(Sighting now, Context<Sighting> taken) throws Exception {
            if (kind != null && !kind.equals(now.kind())) {
                return false;
            }
            if (truth == null) {
                return true;
            }
            Map<String, Sighting> latest = new LinkedHashMap<>();
            for (String name : names) {
                for (Sighting each : taken.getEventsForPattern(name)) {
                    latest.merge(name, each, Asks::later);
                }
            }
            return Boolean.TRUE.equals(truth.of(new Seen(now, latest)));
        }

        private static Sighting later(Sighting one, Sighting other) {
            return one.order() > other.order() ? one : other;
        }

        private record Seen(Sighting now, Map<String, Sighting> latest) implements Truth.Look {
            @Override
            public @Nullable Sighting previous() {
                return latest.values().stream().reduce(Asks::later).orElse(null);
            }

            @Override
            public @Nullable Sighting step(String name) {
                return latest.get(name);
            }
        }
    }
}

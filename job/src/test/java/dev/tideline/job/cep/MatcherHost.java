package dev.tideline.job.cep;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.sequence.Match;
import dev.tideline.patterns.sequence.Outcome;
import dev.tideline.patterns.sequence.SequenceMatcher;
import dev.tideline.patterns.sequence.SequenceState;
import dev.tideline.patterns.sequence.WatchedSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The matcher of the person stage in the least that can host it: puts facts in order, shows them, tells each match by step.
 * The person stage itself tells signals, which do not say which step took what, and never the same one twice.
 */
final class MatcherHost extends KeyedProcessFunction<String, Integer, String> {
    private static final long serialVersionUID = 1;
    private static final int ALL_PARTIALS = 1_000_000;

    private final long seed;
    private final List<Plan> plans;

    private transient World world;
    private transient SequenceMatcher matcher;
    private transient ListState<Integer> waiting;
    private transient ValueState<SequenceState> partials;

    MatcherHost(long seed, List<Plan> plans) {
        this.seed = seed;
        this.plans = plans;
    }

    @Override
    public void open(OpenContext context) {
        world = World.of(seed);
        matcher = new SequenceMatcher(ALL_PARTIALS);
        matcher.watch(plans.stream()
                .map(plan -> new WatchedSequence(plan.id(), 1, plan.sequence(), Long.MIN_VALUE))
                .toList());
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", Integer.class));
        partials = getRuntimeContext().getState(new ValueStateDescriptor<>("partials", SequenceState.serializer()));
    }

    @Override
    public void processElement(Integer number, Context context, Collector<String> out) throws Exception {
        waiting.add(number);
        context.timerService().registerEventTimeTimer(world.item(number).millis());
    }

    @Override
    public void onTimer(long instant, OnTimerContext context, Collector<String> out) throws Exception {
        SequenceState state = partials.value() == null ? new SequenceState() : partials.value();
        List<World.Item> now = new ArrayList<>();
        List<Integer> later = new ArrayList<>();
        for (int number : waiting.get()) {
            if (world.item(number).millis() == instant) {
                now.add(world.item(number));
            } else {
                later.add(number);
            }
        }
        waiting.update(later);
        now.sort(Comparator.comparing(World.Item::place));
        tell(matcher.advance(state, instant), out);
        for (World.Item item : now) {
            for (Fact fact : item.facts()) {
                tell(matcher.accept(state, fact, item.profile()), out);
            }
        }
        matcher.nextDue(state).ifPresent(context.timerService()::registerEventTimeTimer);
        if (state.isEmpty()) {
            partials.clear();
        } else {
            partials.update(state);
        }
    }

    private static void tell(Outcome outcome, Collector<String> out) {
        if (!outcome.losses().isEmpty()) {
            throw new IllegalStateException("partial matches were lost: " + outcome.losses());
        }
        for (Match match : outcome.matches()) {
            Map<String, List<String>> ids = new LinkedHashMap<>();
            match.steps()
                    .forEach((step, facts) ->
                            ids.put(step, facts.stream().map(Fact::id).toList()));
            out.collect(Line.match(match.key(), match.first().user(), match.at().toEpochMilli(), ids));
        }
    }
}

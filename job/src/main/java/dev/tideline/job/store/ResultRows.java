package dev.tideline.job.store;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Result;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Results as rows, in their order. */
final class ResultRows implements FlatMapFunction<Result, StoreRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(Result result, Collector<StoreRow> out) {
        rows(result).forEach(out::collect);
    }

    private static List<StoreRow> rows(Result result) {
        return switch (result.kind()) {
            case SEEN -> seen(Objects.requireNonNull(result.seen()), result.takenAt());
            case FACT -> fact(Objects.requireNonNull(result.fact()), result.takenAt(), result.counts());
            case ALERT -> Rows.of(Objects.requireNonNull(result.alert()));
        };
    }

    private static List<StoreRow> seen(Arrival arrival, @Nullable Instant takenAt) {
        if (arrival.event() != null) {
            return EventRows.of(arrival.event(), takenAt);
        }
        if (arrival.profile() != null) {
            return ProfileRows.of(arrival.profile(), takenAt);
        }
        if (arrival.action() != null) {
            return Rows.of(arrival.action());
        }
        return arrival.privacy() == null ? List.of() : Rows.of(arrival.privacy());
    }

    private static List<StoreRow> fact(Fact fact, @Nullable Instant takenAt, boolean counts) {
        List<StoreRow> facts = Rows.of(fact, takenAt, counts);
        if (fact.session() == null) {
            return facts;
        }
        return java.util.stream.Stream.concat(facts.stream(), Rows.of(fact.user(), fact.session()).stream())
                .toList();
    }
}

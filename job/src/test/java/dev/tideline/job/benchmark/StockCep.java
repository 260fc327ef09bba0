package dev.tideline.job.benchmark;

import dev.tideline.patterns.fact.Fact;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.util.Collector;

/** Flink CEP as it comes: an operator for each pattern, which is shown only the kinds of fact that it asks for. */
record StockCep(List<Asked> asked) implements Track.Contender {

    @Override
    public DataStream<Long> find(KeyedStream<Fact, String> facts) {
        return asked.stream()
                .map(pattern -> found(facts, pattern))
                .reduce(DataStream::union)
                .orElseThrow();
    }

    private static DataStream<Long> found(KeyedStream<Fact, String> facts, Asked asked) {
        java.util.Set<String> kinds = new java.util.HashSet<>(asked.kinds());
        DataStream<Fact> shown = facts.filter(fact -> kinds.contains(fact.kind()));
        return CEP.pattern(Track.keyed(shown), asked.pattern()).process(new Telling(asked.key()), Types.LONG);
    }

    private static final class Telling extends PatternProcessFunction<Fact, Long> {
        private static final long serialVersionUID = 1L;

        private final String key;

        Telling(String key) {
            this.key = key;
        }

        @Override
        public void processMatch(Map<String, List<Fact>> match, Context context, Collector<Long> out) {
            out.collect(Found.fingerprint(key, match));
        }
    }
}

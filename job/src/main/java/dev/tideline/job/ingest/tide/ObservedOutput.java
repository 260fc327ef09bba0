package dev.tideline.job.ingest.tide;

import dev.tideline.patterns.fact.Arrival;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * What the Kafka reader writes to: unpacks each record, stamps it with its event time, and tells the reader around it how
 * far the partition came.
 */
final class ObservedOutput extends OutputOfRecords implements ReaderOutput<Fetched> {
    private final ReaderOutput<Arrival> output;
    private final Function<String, Consumer<Fetched>> observers;

    ObservedOutput(ReaderOutput<Arrival> output, Function<String, Consumer<Fetched>> observers) {
        this.output = output;
        this.observers = observers;
    }

    boolean writesTo(ReaderOutput<Arrival> other) {
        return output == other;
    }

    @Override
    public SourceOutput<Fetched> createOutputForSplit(String split) {
        return new OfSplit(observers.apply(split), output.createOutputForSplit(split));
    }

    @Override
    public void releaseOutputForSplit(String split) {
        output.releaseOutputForSplit(split);
    }

    @Override
    public void collect(Fetched fetched) {
        throw new IllegalStateException("a record of no partition, up to offset " + fetched.next());
    }

    private static final class OfSplit extends OutputOfRecords {
        private final Consumer<Fetched> observer;
        private final SourceOutput<Arrival> splitOutput;

        OfSplit(Consumer<Fetched> observer, SourceOutput<Arrival> splitOutput) {
            this.observer = observer;
            this.splitOutput = splitOutput;
        }

        @Override
        public void collect(Fetched fetched) {
            splitOutput.collect(fetched.arrival(), fetched.arrival().at().toEpochMilli());
            observer.accept(fetched);
        }
    }
}

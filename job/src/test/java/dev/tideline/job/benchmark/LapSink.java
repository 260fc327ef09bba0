package dev.tideline.job.benchmark;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts what is found, and stops the clock after the last. */
final class LapSink implements Sink<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Long> createWriter(WriterInitContext context) {
        return new Writer();
    }

    private static final class Writer implements SinkWriter<Long> {
        private final Lap lap = Lap.current();

        @Override
        public void write(Long fingerprint, Context context) {
            lap.found(fingerprint);
        }

        @Override
        public void flush(boolean endOfInput) {
            if (endOfInput) {
                lap.end();
            }
        }

        @Override
        public void close() {}
    }
}

package dev.tideline.job.replay;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as lines to a file a task; {@link Outputs} puts them in order when all have come.
 *
 * @param folder of the files
 * @param name which output, such as {@code alerts}
 * @param line makes the line; null leaves a result out
 */
record LineSink<T>(String folder, String name, Line<T> line) implements Sink<T> {
    private static final long serialVersionUID = 1L;

    /** A function that travels with the job. */
    interface Line<T> extends Function<T, @Nullable OutputLine>, Serializable {}

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        int task = context.getTaskInfo().getIndexOfThisSubtask();
        Path file = Files.createDirectories(Path.of(folder)).resolve(name + "-" + task + ".part");
        return new Writer<>(ExternalSort.output(file), line);
    }

    private record Writer<T>(DataOutputStream out, Line<T> line) implements SinkWriter<T> {
        @Override
        public void write(T element, Context context) throws IOException {
            OutputLine made = line.apply(element);
            if (made != null) {
                OutputLine.CODEC.write(made, out);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}

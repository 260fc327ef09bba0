package dev.tideline.job.replay;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts what the tasks wrote in order, into one file an output. */
final class Outputs {
    /** Held in memory while they are sorted. */
    private static final long SORTED_BYTES =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Path parts;
    private final Path target;
    private final Progress progress;
    private long written;

    Outputs(Path parts, Path target, Progress progress) {
        this.parts = parts;
        this.target = target;
        this.progress = progress;
    }

    /** Sees each line as it is written. */
    interface Witness {
        void saw(Output output, byte[] line) throws IOException;
    }

    /**
     * Writes all output files.
     *
     * @param witness sees each line as it is written
     */
    void write(Witness witness) throws IOException {
        progress.begin(Progress.Phase.WRITING, size());
        for (Output output : Output.values()) {
            write(output, witness);
        }
    }

    private long size() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(parts, "*.part")) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private void write(Output output, Witness witness) throws IOException {
        try (ExternalSort<OutputLine> sort = new ExternalSort<>(OutputLine.CODEC, parts, SORTED_BYTES);
                OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(target.resolve(output.fileName())), 1 << 17)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(parts, output.word() + "-[0-9]*.part")) {
                for (Path file : files) {
                    read(file, sort);
                }
            }
            sort.forEach(line -> {
                out.write(line.line());
                out.write('\n');
                witness.saw(output, line.line());
                written += OutputLine.CODEC.size(line);
                progress.done(written);
            });
        }
    }

    private static void read(Path file, ExternalSort<OutputLine> sort) throws IOException {
        try (DataInputStream in = ExternalSort.input(file)) {
            for (OutputLine line = OutputLine.CODEC.read(in); line != null; line = OutputLine.CODEC.read(in)) {
                sort.add(line);
            }
        }
    }
}

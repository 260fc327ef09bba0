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
    private final Path parts;
    private final Path target;

    Outputs(Path parts, Path target) {
        this.parts = parts;
        this.target = target;
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
        for (Output output : Output.values()) {
            write(output, witness);
        }
    }

    private void write(Output output, Witness witness) throws IOException {
        try (ExternalSort<OutputLine> sort = new ExternalSort<>(OutputLine.CODEC, parts);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target.resolve(output.fileName())))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(parts, output.word() + "-[0-9]*.part")) {
                for (Path file : files) {
                    read(file, sort);
                }
            }
            sort.forEach(line -> {
                out.write(line.line());
                out.write('\n');
                witness.saw(output, line.line());
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

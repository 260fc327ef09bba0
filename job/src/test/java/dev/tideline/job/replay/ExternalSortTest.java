package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalSortTest {
    @TempDir
    private Path folder;

    private static final Codec<Long> NUMBERS = new Codec<>() {
        @Override
        public Comparator<Long> order() {
            return Comparator.naturalOrder();
        }

        @Override
        public long size(Long element) {
            return Long.BYTES;
        }

        @Override
        public void write(Long element, DataOutputStream out) throws IOException {
            out.writeByte(1);
            out.writeLong(element);
        }

        @Override
        public @Nullable Long read(DataInputStream in) throws IOException {
            return in.read() < 0 ? null : in.readLong();
        }
    };

    @Test
    void manyRunsAreReadAsOneAndFewFilesAreLeft() throws IOException {
        Random random = new Random(1);
        List<Long> all = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        try (ExternalSort<Long> sort = new ExternalSort<>(NUMBERS, folder, 8 * Long.BYTES)) {
            for (int i = 0; i < 4_000; i++) {
                long number = random.nextInt(1_000);
                all.add(number);
                sort.add(number);
            }

            assertThat(sort.runs()).hasSizeLessThan(80);
            sort.forEach(read::add);
        }

        all.sort(null);
        assertThat(read).isEqualTo(all);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void nothingIsReadFromNothing() throws IOException {
        List<Long> read = new ArrayList<>();
        try (ExternalSort<Long> sort = new ExternalSort<>(NUMBERS, folder, 100)) {
            sort.forEach(read::add);
        }

        assertThat(read).isEmpty();
    }
}

package dev.tideline.job.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void saysHowMuchAtWhatRateAndForHowLongStill() {
        assertThat(Progress.text(Progress.Phase.EVALUATING, 250_000, 1_000_000, 10 * SECOND))
                .isEqualTo("evaluating: 250,000 of 1,000,000 records (25 %), 25,000 records a second, 0:30 left");
        assertThat(Progress.text(Progress.Phase.READING, 2_000_000_000L, 400_000_000_000L, 10 * SECOND))
                .isEqualTo("reading: 2,000 of 400,000 MB (0 %), 200 MB a second, 33:10 left");
        assertThat(Progress.text(Progress.Phase.EVALUATING, 10, 100_000, SECOND))
                .endsWith("10 records a second, 2:46:39 left");
    }

    @Test
    void saysNoTimeWhileThereIsNoRateAndNothingIsTooMuch() {
        assertThat(Progress.text(Progress.Phase.EVALUATING, 0, 100, SECOND))
                .isEqualTo("evaluating: 0 of 100 records (0 %), 0 records a second");
        assertThat(Progress.text(Progress.Phase.EVALUATING, 102, 100, SECOND)).contains("100 of 100", "0:00 left");
        assertThat(Progress.text(Progress.Phase.EVALUATING, 0, 0, 0)).contains("0 of 0 records (100 %)");
    }

    @Test
    void eachPhaseLeavesALineWhenItEnds() {
        StringWriter out = new StringWriter();
        try (Progress progress = Progress.on(new PrintWriter(out), true)) {
            progress.begin(Progress.Phase.READING, 3_000_000);
            progress.begin(Progress.Phase.EVALUATING, 7);
        }

        assertThat(out.toString().split("\n", -1)).hasSize(3);
        assertThat(out.toString()).contains("reading 3 MB took ", "evaluating 7 records took ");
    }
}

package dev.tideline.nlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReadingEffortTest {
    @Test
    void takesOneForEachWordOfProse() {
        assertThat(efforts("My boss was not happy with the quarterly report , so we talked ."))
                .containsOnly(1);
    }

    @Test
    void takesMoreFromTheThirdStrangeWordInARow() {
        assertThat(efforts("@a @b @c @d")).containsExactly(1, 1, 8, 8);
    }

    @Test
    void startsAnewAfterAFamiliarWordOrSign() {
        assertThat(efforts("@a @b The @c @d ! @e @f 😀")).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 8);
    }

    private static int[] efforts(String text) {
        ReadingEffort effort = new ReadingEffort();
        return Arrays.stream(text.split(" ")).mapToInt(effort::next).toArray();
    }
}

package dev.tideline.patterns.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoodScaleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mood\":1} | 0",
                "{\"mood\":10} | 1",
                "{\"mood\":5.5,\"note\":{\"mood\":9,\"of\":[1,2]}} | 0.5",
                "{\"tags\":[{\"mood\":3}],\"mood\":5.5} | 0.5",
                "{\"mood\":2,\"scale_min\":0,\"scale_max\":4} | 0.5",
                "{\"scale_max\":\"4\",\"mood\":2,\"scale_min\":\"0\"} | 0.5",
                "{\"mood\":1,\"scale_min\":false,\"scale_max\":2} | 0.5",
                "{\"mood\":5.5,\"scale_min\":null,\"scale_max\":\"ten\"} | 0.5",
                "{\"mood\":5.5,\"scale_min\":{\"mood\":1},\"scale_max\":[3]} | 0.5",
                "{\"mood\":1,\"mood\":5.5} | 0.5",
                "{\"mood\":-8} | -1",
            })
    void aMoodLiesOnItsScale(String context, double level) {
        assertThat(MoodScale.level(context)).isNotNull().isEqualTo(level, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mood\":\"5\"}",
                "{\"mood\":null}",
                "{\"mood\":[5]}",
                "{\"mood\":5,\"scale_min\":3,\"scale_max\":3}",
                "{\"mood\":5,\"mood\":true}",
                "[5]",
                "5",
                "",
                "{\"mood\":5",
            })
    void whatTellsNoMoodHasNoLevel(String context) {
        assertThat(MoodScale.level(context)).isNull();
    }

    @Test
    void noContextHasNoLevel() {
        assertThat(MoodScale.level((String) null)).isNull();
    }
}

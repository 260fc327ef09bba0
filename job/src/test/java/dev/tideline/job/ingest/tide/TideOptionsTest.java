package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.job.ingest.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TideOptionsTest {
    @Test
    void shipsWithTenSecondsOfPatienceAndThirtyOfQuiet() {
        assertThat(TideOptions.DEFAULT)
                .isEqualTo(new TideOptions(
                        "tideline",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10),
                        true,
                        null));
    }

    @Test
    void aBadValueIsNamed() {
        assertThatThrownBy(() -> options(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .hasMessageContaining("outOfOrderness")
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> options(Duration.ZERO, Duration.ZERO)).hasMessageContaining("idleTimeout");
    }

    @Test
    void eachTopicIsAChannelOfItsOwn() {
        assertThat(TideTopics.DEFAULT.names())
                .extracting(TideTopics.DEFAULT::channelOf)
                .containsExactly(Channel.EVENTS, Channel.PROFILES, Channel.PRIVACY, Channel.RULES, Channel.ACTIONS);
        assertThatThrownBy(() -> TideTopics.DEFAULT.channelOf("elsewhere")).hasMessageContaining("elsewhere");
    }

    @Test
    void oneTopicCannotBeTwoThings() {
        assertThatThrownBy(() -> new TideTopics("a", "b", "c", "a", "e")).hasMessageContaining("no two alike");
    }

    private static TideOptions options(Duration outOfOrderness, Duration idleTimeout) {
        return new TideOptions(
                "name", outOfOrderness, idleTimeout, Duration.ofSeconds(1), Duration.ofSeconds(1), true, null);
    }
}

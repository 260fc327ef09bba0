package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.tide.ColdStart.Phase;
import dev.tideline.job.ingest.tide.TideClock.Pace;
import dev.tideline.job.ingest.tide.TideClock.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    private final TideClock clock = new TideClock(new Pace(10_000, 30_000, 35_000), TideClock.NONE);
    private final ColdStart coldStart = new ColdStart(false, true);

    @Test
    void nothingIsLetInBeforeTheBrokerSaidWhatThereIs() {
        coldStart.settle(clock);
        assertThat(coldStart.phase()).isEqualTo(Phase.READING);
    }

    @Test
    void withNothingToReadOnlyTheCheckpointIsWaitedFor() {
        look(0, 0);
        assertThat(coldStart.phase()).isEqualTo(Phase.WAITING_FOR_CHECKPOINT);
    }

    @Test
    void rulesAndProfilesAreBothReadToTheirEnds() {
        look(2, 3);
        read("rules-0", Channel.RULES, 2);
        assertThat(coldStart.phase()).isEqualTo(Phase.READING);
        assertThat(coldStart.unread(clock)).isEqualTo(3);
        read("profiles-0", Channel.PROFILES, 3);
        assertThat(coldStart.phase()).isEqualTo(Phase.WAITING_FOR_CHECKPOINT);
    }

    @Test
    void whatIsWrittenAfterTheStartIsNotWaitedFor() {
        look(2, 3);
        look(50, 50);
        read("rules-0", Channel.RULES, 2);
        read("profiles-0", Channel.PROFILES, 3);
        assertThat(coldStart.phase()).isEqualTo(Phase.WAITING_FOR_CHECKPOINT);
    }

    @Test
    void onlyACheckpointThatBeganAfterAllWasReadOpens() {
        look(1, 0);
        coldStart.checkpointBegins(7);
        read("rules-0", Channel.RULES, 1);
        coldStart.checkpointCompletes(7);
        assertThat(coldStart.open()).isFalse();
        coldStart.checkpointBegins(8);
        assertThat(coldStart.open()).isFalse();
        coldStart.checkpointCompletes(8);
        assertThat(coldStart.open()).isTrue();
    }

    @Test
    void aCheckpointThatFailedIsMadeUpForByTheNext() {
        look(0, 0);
        coldStart.checkpointBegins(8);
        coldStart.checkpointBegins(9);
        coldStart.checkpointCompletes(9);
        assertThat(coldStart.open()).isTrue();
    }

    @Test
    void readersThatStartAnewReadAgain() {
        look(1, 0);
        read("rules-0", Channel.RULES, 1);
        coldStart.checkpointBegins(8);
        clock.rewind(List.of("rules-0"), TideClock.NONE);
        coldStart.rewind();
        coldStart.settle(clock);
        assertThat(coldStart.phase()).isEqualTo(Phase.READING);
        read("rules-0", Channel.RULES, 1);
        coldStart.checkpointCompletes(8);
        assertThat(coldStart.open()).isFalse();
        coldStart.checkpointBegins(9);
        coldStart.checkpointCompletes(9);
        assertThat(coldStart.open()).isTrue();
    }

    @Test
    void whereNoCheckpointIsAskedForReadingIsEnough() {
        ColdStart impatient = new ColdStart(false, false);
        clock.looked(List.of(new Span("rules-0", Channel.RULES, 0, 1)), 0);
        impatient.looked(clock);
        assertThat(impatient.open()).isFalse();
        clock.read("rules-0", Channel.RULES, 1, TideClock.NONE);
        impatient.settle(clock);
        assertThat(impatient.open()).isTrue();
    }

    @Test
    void aJobThatHadStartedWaitsForNothing() {
        ColdStart restored = new ColdStart(true, true);
        clock.looked(List.of(new Span("rules-0", Channel.RULES, 0, 1)), 0);
        restored.looked(clock);
        assertThat(restored.open()).isTrue();
    }

    private void look(long rules, long profiles) {
        clock.looked(
                List.of(
                        new Span("rules-0", Channel.RULES, 0, rules),
                        new Span("profiles-0", Channel.PROFILES, 0, profiles),
                        new Span("events-0", Channel.EVENTS, 0, 1_000),
                        new Span("actions-0", Channel.ACTIONS, 0, 1_000)),
                0);
        coldStart.looked(clock);
    }

    private void read(String partition, Channel channel, long next) {
        clock.read(partition, channel, next, TideClock.NONE);
        coldStart.settle(clock);
    }
}

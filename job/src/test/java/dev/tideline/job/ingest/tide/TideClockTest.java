package dev.tideline.job.ingest.tide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.tide.TideClock.Pace;
import dev.tideline.job.ingest.tide.TideClock.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TideClockTest {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long NOON = 12 * 60 * MINUTE;
    private static final long OUT_OF_ORDERNESS = 10 * SECOND;
    private static final long IDLE_TIMEOUT = 30 * SECOND;
    private static final Pace PACE = new Pace(OUT_OF_ORDERNESS, IDLE_TIMEOUT, 35 * SECOND);

    private final Map<String, Span> broker = new LinkedHashMap<>();
    private TideClock clock = new TideClock(PACE, TideClock.NONE);
    private long wall = NOON;

    @Nested
    class WhereEventsAreRead {
        @Test
        void eventTimeFollowsTheOnlyPartition() {
            has("events-0", 1);
            read("events-0", 1, NOON - MINUTE);
            look();
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void eventTimeFollowsTheSlowestPartition() {
            has("events-0", 5);
            has("events-1", 5);
            look();
            read("events-0", 5, NOON - MINUTE);
            read("events-1", 2, NOON - 20 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE - OUT_OF_ORDERNESS);
            read("events-1", 3, NOON - 15 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 15 * MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void aBacklogOfWhichNothingWasReadYetHoldsIt() {
            has("events-0", 5);
            has("events-1", 5);
            look();
            read("events-0", 5, NOON - MINUTE);
            look();
            assertThat(clock.eventTime()).isEqualTo(TideClock.NONE);
        }

        @Test
        void aPartitionThatJustAppearedHoldsIt() {
            has("events-0", 1);
            look();
            read("events-0", 1, NOON - 10 * MINUTE);
            has("events-1", 0);
            look();
            read("events-0", 2, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 10 * MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void nothingIsDecidedBeforeTheBrokerSaidWhatThereIs() {
            read("events-0", 1, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(TideClock.NONE);
        }

        @Test
        void anOldEventDoesNotTurnItBack() {
            has("events-0", 9);
            look();
            read("events-0", 1, NOON - MINUTE);
            read("events-0", 2, NOON - 50 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void itNeverComesCloserToTheWallClockThanTheOutOfOrderness() {
            has("events-0", 9);
            look();
            read("events-0", 1, NOON + 4 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - OUT_OF_ORDERNESS);
        }

        @Test
        void recordsThatAreRefusedMoveThePositionAndNotTheTime() {
            has("events-0", 2);
            look();
            read("events-0", 1, NOON - MINUTE);
            read("events-0", 2, TideClock.NONE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
            assertThat(theOnlyPartition().unread()).isZero();
        }
    }

    @Nested
    class WhereItIsQuiet {
        @Test
        void itStandsUntilTheIdleTimeoutAndThenGoesOnAtTheWallClocksRate() {
            has("events-0", 1);
            read("events-0", 1, NOON - 60 * MINUTE);
            pass(IDLE_TIMEOUT);
            long stood = NOON - 60 * MINUTE - OUT_OF_ORDERNESS;
            assertThat(clock.eventTime()).isEqualTo(stood);
            pass(5 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(stood + 5 * MINUTE);
        }

        @Test
        void onePartitionThatIsQuietDoesNotHoldTheOthersBack() {
            has("events-0", 1);
            has("events-1", 0);
            read("events-0", 1, NOON - MINUTE);
            pass(IDLE_TIMEOUT - SECOND);
            assertThat(clock.eventTime()).isEqualTo(TideClock.NONE);
            has("events-0", 2);
            read("events-0", 2, NOON);
            pass(2 * SECOND);
            assertThat(clock.eventTime()).isEqualTo(NOON - OUT_OF_ORDERNESS);
        }

        @Test
        void itTakesTheHighestOfAllPartitionsAndGoesOnFromThere() {
            has("events-0", 1);
            has("events-1", 1);
            read("events-0", 1, NOON - 50 * MINUTE);
            read("events-1", 1, NOON - 20 * MINUTE);
            look();
            assertThat(clock.eventTime()).isEqualTo(NOON - 50 * MINUTE - OUT_OF_ORDERNESS);
            pass(IDLE_TIMEOUT);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void aPartitionWithAnEventNowAndThenIsNotQuiet() {
            has("events-0", 0);
            has("events-1", 0);
            for (int turn = 1; turn <= 10; turn++) {
                has("events-0", turn);
                read("events-0", turn, wall);
                has("events-1", turn);
                read("events-1", turn, NOON - 60 * MINUTE);
                pass(20 * SECOND);
            }
            assertThat(clock.eventTime()).isEqualTo(NOON - 60 * MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void itNeverCatchesUpWithTheWallClock() {
            has("events-0", 1);
            read("events-0", 1, NOON);
            pass(10 * MINUTE);
            assertThat(clock.eventTime()).isLessThanOrEqualTo(wall - OUT_OF_ORDERNESS);
            assertThat(clock.eventTime()).isGreaterThan(NOON + 9 * MINUTE);
        }

        @Test
        void aStreamThatNeverHadAnEventHasNoTime() {
            has("events-0", 0);
            pass(10 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(TideClock.NONE);
        }

        @Test
        void theNextEventEndsTheQuiet() {
            has("events-0", 1);
            read("events-0", 1, NOON - 60 * MINUTE);
            pass(IDLE_TIMEOUT + MINUTE);
            has("events-0", 2);
            look();
            long stood = clock.eventTime();
            pass(5 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(stood);
            read("events-0", 2, NOON - 10 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 10 * MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void aWallClockThatIsSetBackStopsItOnly() {
            has("events-0", 1);
            read("events-0", 1, NOON - 60 * MINUTE);
            pass(IDLE_TIMEOUT + MINUTE);
            long stood = clock.eventTime();
            wall -= 10 * MINUTE;
            look();
            assertThat(clock.eventTime()).isEqualTo(stood);
        }
    }

    @Nested
    class WhereTheBrokerIsAway {
        @Test
        void itStands() {
            has("events-0", 1);
            read("events-0", 1, NOON - MINUTE);
            pass(IDLE_TIMEOUT);
            long stood = clock.eventTime();
            wall += 10 * MINUTE;
            clock.silent();
            clock.settle(wall);
            assertThat(clock.eventTime()).isEqualTo(stood);
        }

        @Test
        void theIdleTimeoutStartsAnewWhenItIsBack() {
            has("events-0", 1);
            read("events-0", 1, NOON - MINUTE);
            pass(IDLE_TIMEOUT);
            long stood = clock.eventTime();
            clock.silent();
            wall += 10 * MINUTE;
            pass(IDLE_TIMEOUT - SECOND);
            assertThat(clock.eventTime()).isEqualTo(stood);
            pass(11 * SECOND);
            assertThat(clock.eventTime()).isBetween(stood + SECOND, stood + 11 * SECOND);
        }

        @Test
        void longSilenceCountsEvenIfNobodySaidSo() {
            has("events-0", 1);
            read("events-0", 1, NOON - MINUTE);
            pass(IDLE_TIMEOUT);
            long stood = clock.eventTime();
            wall += 10 * MINUTE;
            look();
            assertThat(clock.eventTime()).isEqualTo(stood);
        }

        @Test
        void theEventsOfTheOutageAreNotLate() {
            has("events-0", 1);
            has("events-1", 1);
            read("events-0", 1, NOON);
            read("events-1", 1, NOON);
            look();
            clock.silent();
            wall += 10 * MINUTE;
            has("events-0", 61);
            has("events-1", 61);
            look();
            for (int second = 10; second <= 600; second += 10) {
                assertThat(clock.eventTime()).isLessThan(NOON + second * SECOND);
                read("events-0", 1 + second / 10, NOON + second * SECOND);
            }
            assertThat(clock.eventTime()).isEqualTo(NOON - OUT_OF_ORDERNESS);
        }
    }

    @Nested
    class WhereOtherTopicsMatter {
        @ParameterizedTest
        @ValueSource(strings = {"profiles-0", "privacy-0"})
        void unreadProfilesAndPrivacyRequestsHoldIt(String partition) {
            has("events-0", 1);
            has(partition, 3);
            look();
            read("events-0", 1, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(TideClock.NONE);
            read(partition, 3, TideClock.NONE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void profilesThatKeepComingDoNotHoldIt() {
            has("events-0", 1);
            for (int turn = 1; turn < 5; turn++) {
                has("profiles-0", turn * 100L);
                read("profiles-0", turn * 100L - 50, TideClock.NONE);
                look();
            }
            read("events-0", 1, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"rules-0", "actions-0"})
        void rulesAndActionsNeverHoldIt(String partition) {
            has("events-0", 1);
            has(partition, 3);
            look();
            read("events-0", 1, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void theTimeForWhichProfilesHeldAQuietStreamIsNotMadeUp() {
            has("events-0", 1);
            has("profiles-0", 0);
            read("events-0", 1, NOON - 60 * MINUTE);
            pass(IDLE_TIMEOUT + MINUTE);
            has("profiles-0", 9);
            look();
            pass(SECOND);
            long stood = clock.eventTime();
            pass(5 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(stood);
            read("profiles-0", 9, TideClock.NONE);
            pass(SECOND);
            assertThat(clock.eventTime()).isBetween(stood, stood + SECOND);
        }
    }

    @Nested
    class WhereOffsetsAreNotWhatTheySeem {
        @Test
        void aPartitionOfWhichRetentionLeftNothingIsReadToItsEnd() {
            broker.put("events-0", new Span("events-0", Channel.EVENTS, 7, 7));
            look();
            assertThat(theOnlyPartition().unread()).isZero();
        }

        @Test
        void aPartitionThatStandsJustShortOfItsEndBecomesSuspect() {
            has("events-0", 3);
            read("events-0", 2, NOON - MINUTE);
            look();
            assertThat(theOnlyPartition().suspect()).isFalse();
            pass(2 * SECOND);
            assertThat(theOnlyPartition().suspect()).isTrue();
        }

        @Test
        void whereNothingCanBeReadBelowTheEndThePartitionIsReadToItsEnd() {
            has("events-0", 3);
            read("events-0", 2, NOON - MINUTE);
            pass(5 * SECOND);
            theOnlyPartition().nothingLeftBelow(3);
            pass(IDLE_TIMEOUT + SECOND);
            assertThat(clock.eventTime()).isGreaterThan(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void aPartitionThatIsGoneHoldsNothing() {
            has("events-0", 1);
            has("events-1", 9);
            read("events-0", 1, NOON - MINUTE);
            look();
            broker.remove("events-1");
            look();
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }
    }

    @Nested
    class AfterARestart {
        @Test
        void itStandsWhereItStoodUntilAllIsReadOn() {
            clock = new TideClock(PACE, NOON - 20 * MINUTE);
            has("events-0", 9);
            look();
            read("events-0", 5, TideClock.NONE);
            pass(5 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE);
            read("events-0", 6, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void aQuietStreamGoesOnFromWhereItStood() {
            clock = new TideClock(PACE, NOON - 20 * MINUTE);
            has("events-0", 5);
            read("events-0", 5, TideClock.NONE);
            pass(IDLE_TIMEOUT + 3 * SECOND);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE + 3 * SECOND);
        }

        @Test
        void aQuietStreamThatWasReadFurtherThanEventTimeStoodCatchesUp() {
            has("events-0", 5);
            has("events-1", 5);
            look();
            read("events-0", 5, NOON - 20 * MINUTE);
            read("events-1", 5, NOON - MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE - OUT_OF_ORDERNESS);

            clock = new TideClock(PACE, clock.eventTime(), clock.highest());
            read("events-0", 5, TideClock.NONE);
            read("events-1", 5, TideClock.NONE);
            pass(IDLE_TIMEOUT);
            assertThat(clock.eventTime()).isEqualTo(NOON - MINUTE - OUT_OF_ORDERNESS);
        }

        @Test
        void readersThatStartAnewTakeItBackWithThem() {
            has("events-0", 9);
            look();
            read("events-0", 9, NOON - MINUTE);
            clock.rewind(List.of("events-0"), NOON - 20 * MINUTE);
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE);
            read("events-0", 5, TideClock.NONE);
            look();
            assertThat(clock.eventTime()).isEqualTo(NOON - 20 * MINUTE);
            assertThat(theOnlyPartition().unread()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anHonestEventIsNeverLateHoweverSlowlyItIsRead(long seed) {
        Random random = new Random(seed);
        int[] written = new int[3];
        int[] position = new int[3];
        List<List<Long>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int turn = 0; turn < 2_000; turn++) {
            wall += random.nextInt((int) SECOND);
            int partition = random.nextInt(3);
            if (random.nextInt(4) > 0) {
                times.get(partition).add(wall - random.nextInt((int) OUT_OF_ORDERNESS));
                has("events-" + partition, ++written[partition]);
            }
            if (random.nextInt(3) == 0) {
                look();
            }
            int reading = random.nextInt(3);
            if (position[reading] < written[reading]) {
                long at = times.get(reading).get(position[reading]);
                assertThat(at).as("turn %d of seed %d", turn, seed).isGreaterThan(clock.eventTime());
                read("events-" + reading, ++position[reading], at);
            }
        }
        assertThat(clock.eventTime()).isGreaterThan(NOON);
    }

    private void has(String partition, long end) {
        broker.put(partition, new Span(partition, channelOf(partition), 0, end));
    }

    private PartitionTide theOnlyPartition() {
        assertThat(clock.partitions()).hasSize(1);
        return clock.partitions().values().iterator().next();
    }

    private void look() {
        Collection<Span> spans = List.copyOf(broker.values());
        clock.looked(spans, wall);
    }

    /** Lets time pass, with a look at its beginning and after each second. */
    private void pass(long millis) {
        look();
        for (long passed = 0; passed < millis; passed += SECOND) {
            wall += SECOND;
            look();
        }
    }

    private void read(String partition, long next, long reach) {
        clock.read(partition, channelOf(partition), next, reach);
        clock.settle(wall);
    }

    private static Channel channelOf(String partition) {
        return Channel.valueOf(partition.substring(0, partition.indexOf('-')).toUpperCase(Locale.ROOT));
    }
}

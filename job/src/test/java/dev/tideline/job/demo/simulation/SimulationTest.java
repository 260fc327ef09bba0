package dev.tideline.job.demo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The made-up platform: who comes, what they do, and that it is the same each time. */
final class SimulationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant START = Simulation.startFor(NOW);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void theSameSeedGivesTheSameRecordsByteForByte() throws Exception {
        assertThat(hash(emissions(1, 200, 5_000)))
                .isEqualTo("7acd8252e045cb46de98e9af7735a935e0cedfba5c5f23df3543cb659940cb73");
    }

    @Test
    void anotherSeedGivesOtherPeople() {
        assertThat(emissions(1, 20, 1).get(0).key())
                .isNotEqualTo(emissions(2, 20, 1).get(0).key());
    }

    @Test
    void aLaterStartMovesTheSameWeeks() {
        List<Emission> later = new ArrayList<>();
        Simulation moved = new Simulation(1, 20, START.plus(Duration.ofDays(7)));
        emissions(1, 20, 2_000).forEach(each -> later.add(moved.next()));
        assertThat(later)
                .extracting(each -> each.at().minus(Duration.ofDays(7)), Emission::key)
                .isEqualTo(emissions(1, 20, 2_000).stream()
                        .map(each -> tuple(each.at(), each.key()))
                        .toList());
    }

    @Test
    void itBeginsOnAMondaySixtyDaysAgoAtLeast() {
        assertThat(START.atOffset(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(Duration.between(START, NOW)).isBetween(Duration.ofDays(60), Duration.ofDays(67));
    }

    @Test
    void recordsAreWrittenInTheOrderOfTimeAndEventsNeverBeforeTheyHappened() throws Exception {
        Instant before = START;
        for (Emission emission : emissions(1, 50, 20_000)) {
            assertThat(emission.at()).isAfterOrEqualTo(before);
            before = emission.at();
            if (decoded(emission).kind() == Arrival.Kind.EVENT) {
                assertThat(decoded(emission).at()).isBeforeOrEqualTo(emission.at());
            }
        }
    }

    @Test
    void theDecoderAcceptsEverythingButWhatIsBrokenOnPurpose() {
        Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
        for (Emission emission : sixtyDays()) {
            Arrival arrival = decoded(emission);
            if (arrival.refused() != null) {
                refused.merge(arrival.refused().reason(), 1, Integer::sum);
            }
        }
        Set<Reason> intended =
                Arrays.stream(Breakage.values()).map(Breakage::reason).collect(Collectors.toSet());
        assertThat(refused.keySet()).isEqualTo(intended);
        assertThat(refused.values()).allMatch(count -> count < 10);
    }

    @ParameterizedTest
    @EnumSource
    void eachWayToBreakARecordHasTheDeadLetterThatIsMeant(Breakage breakage) {
        Emission event = sixtyDays().stream()
                .filter(each -> each.channel() == Channel.EVENTS)
                .findFirst()
                .orElseThrow();
        Arrival arrival = decoded(new Emission(event.at(), Channel.EVENTS, event.key(), breakage.apply(event.value())));
        assertThat(arrival.refused()).isNotNull().extracting(DeadLetter::reason).isEqualTo(breakage.reason());
    }

    @Test
    void someEventsAreWrittenTwiceAndSomeLate() {
        Set<String> seen = new HashSet<>();
        int events = 0;
        int twice = 0;
        int late = 0;
        for (Emission emission : sixtyDays()) {
            Arrival arrival = decoded(emission);
            if (arrival.event() != null) {
                events++;
                twice += seen.add(arrival.event().id()) ? 0 : 1;
                late += arrival.at().isBefore(emission.at()) ? 1 : 0;
            }
        }
        assertThat(twice / (double) events).isBetween(0.003, 0.007);
        // Those written twice are late the second time.
        assertThat((late - twice) / (double) events).isBetween(0.007, 0.013);
    }

    @Test
    void personasComeInTheirSharesAndAllOfThemAmongTheFirstSeven() {
        Map<Persona, Integer> dealt = new EnumMap<>(Persona.class);
        for (int index = 0; index < 4 * Persona.OUT_OF; index++) {
            dealt.merge(Persona.of(index), 1, Integer::sum);
        }
        assertThat(dealt).allSatisfy((persona, count) -> assertThat(count).isEqualTo(4 * persona.share()));
        assertThat(Stream.iterate(0, index -> index + 1).limit(7).map(Persona::of))
                .containsExactlyInAnyOrder(Persona.values());
    }

    @Test
    void someoneInAcuteCrisisSaysSoWithinTheFirstHour() throws Exception {
        Emission survey = sixtyDays().stream()
                .filter(each -> each.value().contains("\"survey_response\""))
                .findFirst()
                .orElseThrow();
        JsonNode items = MAPPER.readTree(survey.value()).path("context").path("items");
        assertThat(survey.at()).isBefore(START.plus(Duration.ofHours(1)));
        assertThat(items.get(8).asInt()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void theScoreOfASurveyIsTheSumOfItsItems() throws Exception {
        for (Emission emission : sixtyDays()) {
            if (emission.value().contains("\"PHQ-9\"") && decoded(emission).refused() == null) {
                JsonNode context = MAPPER.readTree(emission.value()).path("context");
                int sum = 0;
                for (JsonNode item : context.path("items")) {
                    sum += item.asInt();
                }
                assertThat(context.path("items")).hasSize(9);
                assertThat(context.path("score").asInt()).isEqualTo(sum);
            }
        }
    }

    @Test
    void whoIsForgottenIsHeardOfNoMoreButForWhatIsLate() {
        Map<String, Instant> erased = new HashMap<>();
        for (Emission emission : sixtyDays()) {
            if (emission.channel() == Channel.PRIVACY && emission.value().contains("\"erasure\"")) {
                erased.put(emission.key(), emission.at());
            }
        }
        assertThat(erased).hasSize(1);
        erased.forEach((user, at) -> assertThat(sixtyDays())
                .filteredOn(each -> each.key().equals(user))
                .isNotEmpty()
                .noneMatch(each -> each.at().isAfter(at.plus(Duration.ofHours(7)))));
    }

    private static List<Emission> sixtyDays() {
        return World.SIXTY_DAYS;
    }

    /** Made once: it takes a second or two. */
    private static final class World {
        static final List<Emission> SIXTY_DAYS = sixtyDays();

        private static List<Emission> sixtyDays() {
            Simulation simulation = new Simulation(1, 200, START);
            return Stream.generate(simulation::next)
                    .takeWhile(each -> each.at().isBefore(START.plus(Simulation.SPAN)))
                    .toList();
        }
    }

    private static List<Emission> emissions(long seed, int users, int count) {
        Simulation simulation = new Simulation(seed, users, START);
        return Stream.generate(simulation::next).limit(count).toList();
    }

    private static String hash(List<Emission> emissions) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        emissions.forEach(each -> sha256.update(each.toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static Arrival decoded(Emission emission) {
        Received received = new Received(
                "a-topic",
                0,
                0,
                emission.key().getBytes(StandardCharsets.UTF_8),
                emission.value().getBytes(StandardCharsets.UTF_8),
                0,
                NOW);
        return new Decoder(DecoderSettings.DEFAULT).decode(emission.channel(), received);
    }
}

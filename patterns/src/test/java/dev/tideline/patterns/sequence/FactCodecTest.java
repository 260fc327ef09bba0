package dev.tideline.patterns.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.WeekFact;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactCodecTest {
    private static final String OWNER = "0b0e1a52-6f6e-4a9b-9c3c-3f6c1f0d2a11";

    private final Random random = new Random(7);

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            Fact fact = anyFact();
            assertThat(read(written(fact))).isEqualTo(fact);
        }
    }

    @Test
    void theUserOfTheStateTakesNoRoom() throws IOException {
        Fact own = Sample.fact(OWNER, "1", "text", Sample.at("10:00"), 0.5);
        Fact another = Sample.fact("another", "1", "text", Sample.at("10:00"), 0.5);

        assertThat(read(written(another)).user()).isEqualTo("another");
        assertThat(written(own)).hasSizeLessThan(30);
    }

    /** A layout that changes without its format changing would read the facts of savepoints wrongly. */
    @Test
    void theLayoutIsWhatItWas() throws IOException {
        Fact fact = new Fact(
                "mood_day",
                "e1",
                OWNER,
                Instant.parse("2026-03-02T00:00:00.000001Z"),
                "{\"a\":\"é€\"}",
                null,
                null,
                MoodFact.ofLog(0.5, 2),
                null,
                null,
                new WeekFact(3, null),
                true,
                Instant.parse("2026-03-02T00:00:01Z"));

        assertThat(HexFormat.of().formatHex(written(fact)))
                .isEqualTo(
                        "c901106d6f6f645f64617904653182c083fbaace01e807a01f157b2261223a22e901ac41227d033fe0000000000000040600");
    }

    @Test
    void bytesThatEndTooEarlyAreRefused() throws IOException {
        byte[] bytes = written(Sample.fact(OWNER, "1", "text", Sample.at("10:00"), 0.5));
        HeldFact held = new HeldFact(0, bytes, 0, bytes.length - 1, OWNER);

        assertThatThrownBy(held::fact).hasMessageContaining("cannot be read");
    }

    private Fact anyFact() {
        Instant at = instant();
        return new Fact(
                text(),
                text(),
                random.nextInt(4) == 0 ? text() : OWNER,
                at,
                maybe(this::text),
                maybe(() -> new TextFact(
                        text(),
                        maybe(random::nextInt),
                        reals(),
                        random.nextBoolean(),
                        random.nextInt(-1, 6),
                        text(),
                        text(),
                        text(),
                        random.nextBoolean(),
                        text(),
                        IntStream.range(0, random.nextInt(3))
                                .mapToObj(i -> text())
                                .toList(),
                        real(),
                        text())),
                maybe(() -> new SessionFact(
                        at,
                        instant(),
                        random.nextLong(),
                        random.nextLong(100),
                        1,
                        real(),
                        real(),
                        2,
                        real(),
                        real(),
                        3,
                        4)),
                maybe(() -> new MoodFact(
                        real(),
                        maybe(random::nextInt),
                        maybe(random::nextInt),
                        maybe(random::nextInt),
                        real(),
                        real(),
                        real(),
                        real(),
                        real(),
                        real(),
                        real(),
                        real(),
                        real())),
                maybe(() -> new SurveyFact(
                        text(),
                        real(),
                        reals(),
                        maybe(this::text),
                        maybe(this::text),
                        real(),
                        maybe(random::nextBoolean),
                        maybe(random::nextInt),
                        maybe(random::nextInt))),
                maybe(() -> new QuietFact(random.nextLong(), random.nextLong(1000), maybe(() -> Level.RED))),
                maybe(() -> new WeekFact(random.nextLong(), real())),
                random.nextBoolean(),
                random.nextBoolean() ? at : instant());
    }

    private Instant instant() {
        Instant millis = Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 5_000_000_000_000L));
        return random.nextBoolean() ? millis : millis.plusNanos(random.nextInt(1_000_000));
    }

    private List<Double> reals() {
        return random.doubles(random.nextInt(6)).boxed().toList();
    }

    private @Nullable Double real() {
        return maybe(random::nextGaussian);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    /** Also what is no valid Unicode, as JSON's escapes allow. */
    private String text() {
        int highest = random.nextInt(3) == 0 ? 0x10000 : 0x80;
        return random.ints(random.nextInt(12), 0, highest)
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }

    private static byte[] written(Fact fact) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        FactCodec.write(fact, OWNER, out);
        return out.getCopyOfBuffer();
    }

    private static Fact read(byte[] bytes) throws IOException {
        return FactCodec.read(OWNER, new DataInputDeserializer(bytes));
    }
}

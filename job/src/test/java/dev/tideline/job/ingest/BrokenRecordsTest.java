package dev.tideline.job.ingest;

import static dev.tideline.job.ingest.Records.decode;
import static dev.tideline.job.ingest.Records.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that nobody wrote on purpose, or somebody wrote with a bad one. */
final class BrokenRecordsTest {
    private static final byte[] SAMPLE = Records.MOOD_LOG.getBytes(UTF_8);

    @Test
    void isRefusedWhereverItIsCutOff() {
        IntStream.range(0, SAMPLE.length).forEach(length -> {
            DeadLetter letter = refused(decode(Channel.EVENTS, Arrays.copyOf(SAMPLE, length)));

            assertThat(letter.reason()).isEqualTo(length == 0 ? Reason.EMPTY : Reason.NOT_JSON);
        });
    }

    @Test
    void isRefusedWhereverAByteIsNoneOfAText() {
        IntStream.range(0, SAMPLE.length).forEach(at -> {
            assertThat(refused(decode(Channel.EVENTS, with(at, 0))).reason()).isEqualTo(Reason.FORBIDDEN_CHARACTER);
            assertThat(refused(decode(Channel.EVENTS, with(at, 0xFF))).reason()).isEqualTo(Reason.NOT_UTF8);
            assertThat(refused(decode(Channel.EVENTS, with(at, 0xC3))).reason()).isEqualTo(Reason.NOT_UTF8);
        });
    }

    @Test
    void neverThrowsAndNeverTellsWhateverByteIsBroken() {
        for (int at = 0; at < SAMPLE.length; at++) {
            for (int broken : new int[] {'"', '\\', '{', '}', '[', ',', ':', ' ', '\n', '0', 'x', 0x7F}) {
                Arrival arrival = decode(Channel.EVENTS, with(at, broken));
                if (arrival.kind() == Arrival.Kind.REFUSED) {
                    DeadLetter letter = refused(arrival);
                    assertThat(letter.detail() + letter.path()).doesNotContain("Slept", "badly", "alles", "sad");
                } else {
                    assertThat(arrival.kind()).isEqualTo(Arrival.Kind.EVENT);
                }
            }
        }
    }

    @Test
    void isRefusedWhereverAPieceOfItsSkeletonIsMissing() {
        IntStream.range(0, SAMPLE.length)
                .filter(at -> Set.of('{', '}', ':', ',').contains((char) SAMPLE[at]))
                .filter(at -> !isInsideAString(at))
                .forEach(at -> {
                    byte[] without = new byte[SAMPLE.length - 1];
                    System.arraycopy(SAMPLE, 0, without, 0, at);
                    System.arraycopy(SAMPLE, at + 1, without, at, SAMPLE.length - at - 1);
                    assertThat(decode(Channel.EVENTS, without).kind())
                            .as("without byte %d", at)
                            .isEqualTo(Arrival.Kind.REFUSED);
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedSequences")
    void isRefusedForBytesThatAreNotUtf8(String hex) {
        byte[] sequence = HexFormat.of().parseHex(hex);
        byte[] start = "{\"a\":\"plain text before ".getBytes(UTF_8);
        byte[] value = Arrays.copyOf(start, start.length + sequence.length + 2);
        System.arraycopy(sequence, 0, value, start.length, sequence.length);
        value[value.length - 2] = '"';
        value[value.length - 1] = '}';

        assertThat(refused(decode(Channel.EVENTS, value)).reason()).isEqualTo(Reason.NOT_UTF8);
        assertThat(refused(decode(Channel.EVENTS, sequence)).reason()).isEqualTo(Reason.NOT_UTF8);
    }

    static Stream<String> malformedSequences() {
        return Stream.of(
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "c241",
                "e08080",
                "e09fbf",
                "e282",
                "e28241",
                "eda080",
                "edbfbf",
                "eda0bdedb880",
                "f0808080",
                "f08fbfbf",
                "f09f98",
                "f09f9841",
                "f4908080",
                "f5808080",
                "fe",
                "ff");
    }

    @Test
    void wellFormedTextOfEveryLengthIsRead() {
        String each = "\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFD\uD800\uDC00\uDBFF\uDFFF";
        for (int shift = 0; shift < 9; shift++) {
            Arrival arrival =
                    decode(Channel.EVENTS, Records.event("context", "{\"a\":\"" + "x".repeat(shift) + each + "\"}"));

            assertThat(Objects.requireNonNull(arrival.event()).context()).contains(each);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hugeRecords")
    void isRefusedAtAnySize(String name, String record, Reason reason) {
        assertThat(refused(decode(Channel.EVENTS, record)).reason()).isEqualTo(reason);
    }

    static Stream<Arguments> hugeRecords() {
        int deep = 100_000;
        String manyKeys = String.join(
                ",",
                IntStream.range(0, 20_000).mapToObj(i -> "\"k" + i + "\":" + i).toList());
        return Stream.of(
                arguments(
                        "1 MB of context",
                        Records.event("context", "{\"a\":\"" + "x".repeat(1_000_000) + "\"}"),
                        Reason.TOO_LARGE),
                arguments(
                        "1 MB of an unknown field",
                        Records.event("a", "\"" + "x".repeat(1_000_000) + "\""),
                        Reason.TOO_LARGE),
                arguments("1 MB of blanks", " ".repeat(1_000_000), Reason.EMPTY),
                arguments("1 MB of digits", "9".repeat(1_000_000), Reason.TOO_LARGE),
                arguments("500 kB of digits", Records.event("a", "9".repeat(500_000)), Reason.BAD_VALUE),
                arguments("500 kB of an exponent", Records.event("a", "1e" + "9".repeat(500_000)), Reason.BAD_VALUE),
                arguments("200 kB of keys", Records.event("context", "{" + manyKeys + "}"), Reason.TOO_LARGE),
                arguments("deep arrays", "[".repeat(deep) + "]".repeat(deep), Reason.NOT_AN_OBJECT),
                arguments(
                        "deep arrays in an object",
                        "{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}",
                        Reason.TOO_DEEP),
                arguments("deep objects without an end", "{\"a\":".repeat(deep - 20_000), Reason.TOO_DEEP),
                arguments(
                        "deep context",
                        Records.event("context", "{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}"),
                        Reason.TOO_DEEP));
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"EVENTS", "PROFILES", "PRIVACY", "ACTIONS"})
    void nothingAndDepthAreRefusedOnEveryChannel(Channel channel) {
        int deep = 100_000;
        String depth = "{\"properties\":" + "[".repeat(deep) + "]".repeat(deep) + "}";

        List<Reason> reasons = Stream.of(
                        decode(channel, (byte[]) null),
                        decode(channel, ""),
                        decode(channel, "{\"a\":1,\"a\":2}"),
                        decode(channel, depth),
                        decode(channel, "{} {}"))
                .map(arrival -> refused(arrival).reason())
                .toList();

        assertThat(reasons)
                .containsExactly(
                        Reason.TOMBSTONE, Reason.EMPTY, Reason.DUPLICATE_KEY, Reason.TOO_DEEP, Reason.TRAILING_CONTENT);
    }

    private static byte[] with(int at, int value) {
        byte[] broken = SAMPLE.clone();
        broken[at] = (byte) value;
        return broken;
    }

    private static boolean isInsideAString(int at) {
        return Records.MOOD_LOG
                                .substring(0, at)
                                .chars()
                                .filter(character -> character == '"')
                                .count()
                        % 2
                == 1;
    }
}

package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.fact.WeekFact;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes facts of every kind in sequences, with missing fields, odd numbers, and JSON of every type, some of it broken. */
final class RandomScopes {
    private static final List<String> KEYS = List.of("a", "pages", "path", "share", "nothing", "tags", "plan", "big");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "2",
            "3",
            "-1",
            "1.0",
            "0.5",
            "-0.0",
            "-0",
            "1e300",
            "1e400",
            "1E2",
            "9007199254740993",
            "9007199254740993.0",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "123456789012345678901234567890",
            "0.30000000000000004",
            "12345678901234567.25",
            "true",
            "false",
            "null",
            "\"a\"",
            "\"\"",
            "\"/pricing\"",
            "\"3\"",
            "\" 7\"",
            "\"0x1p3\"",
            "\"NaN\"",
            "\"é😀\"",
            "\"b\\n\\u00e9\"",
            "{}",
            "[]",
            "{\"seats\":7,\"price\":null}",
            "{ \"seats\" : 7.0 , \"a\" : [ 1 , {\"a\":2} ] }",
            "[\"a\",\"b\"]",
            "[1,2.0,\"a\",null,[1]]",
            "[1.0,2]");
    private static final List<String> ODD_OBJECTS = List.of(
            "{}",
            " { } ",
            "{\"a\":1,\"a\":2.5}",
            "{\"a\":01}",
            "{\"a\":1} x",
            "{\"a\":1",
            "{'a':1}",
            "[1]",
            "7",
            "",
            "{\"p\\u0061th\":\"/pricing\"}",
            "{\"a\":\"\\q\"}",
            "{\"a\":1,}",
            "{\"a\":.5}",
            "{\"a\":nul}",
            "\n{\t\"pages\" :\r 3 , \"path\": \"\\/pricing\"}\n");
    private static final List<String> TEXTS =
            List.of("", "a", "page_view", "mood_day", "ideation", "none", "/pricing", "é😀", "3");

    private final Random random;

    RandomScopes(long seed) {
        random = new Random(seed);
    }

    Scope scope() {
        Fact fact = fact();
        Fact previous = some(this::fact);
        Fact first = some(this::fact);
        UserProfile user = user();
        return new Scope() {
            @Override
            public Fact fact() {
                return fact;
            }

            @Override
            public UserProfile user() {
                return user;
            }

            @Override
            public @Nullable Fact previous() {
                return previous;
            }

            @Override
            public @Nullable Fact step(String name) {
                return first;
            }
        };
    }

    private Fact fact() {
        return new Fact(
                text(),
                "id",
                Facts.USER,
                Facts.NOON,
                some(this::object),
                some(this::textFact),
                some(this::session),
                some(this::mood),
                some(this::survey),
                some(this::quiet),
                some(() -> new WeekFact(random.nextInt(5), some(this::fraction))),
                false,
                Facts.NOON);
    }

    private TextFact textFact() {
        return new TextFact(
                text(),
                some(() -> random.nextInt(5)),
                random.nextBoolean() ? List.of() : List.of(fraction(), 0.5, 1.0),
                random.nextBoolean(),
                random.nextInt(5) - 1,
                text(),
                text(),
                text(),
                random.nextBoolean(),
                text(),
                random.nextBoolean() ? List.of() : List.of("a", text()),
                some(this::fraction),
                "test");
    }

    private SessionFact session() {
        Instant start = instant();
        return new SessionFact(
                start,
                random.nextBoolean() ? start.plusMillis(random.nextInt(10_000_000)) : instant(),
                random.nextInt(5),
                random.nextBoolean() ? random.nextInt(1000) : Long.MAX_VALUE,
                random.nextInt(3),
                some(this::fraction),
                some(this::fraction),
                random.nextInt(3),
                some(this::fraction),
                some(this::fraction),
                random.nextInt(3),
                random.nextInt(3));
    }

    private MoodFact mood() {
        return new MoodFact(
                some(this::fraction),
                some(() -> random.nextInt(5)),
                some(() -> random.nextInt(5)),
                some(() -> random.nextInt(500)),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction),
                some(this::fraction));
    }

    private SurveyFact survey() {
        return new SurveyFact(
                text(),
                some(this::fraction),
                random.nextBoolean() ? List.of() : List.of(1.0, fraction()),
                some(this::text),
                some(this::text),
                some(this::fraction),
                some(random::nextBoolean),
                some(() -> random.nextInt(4)),
                some(() -> random.nextInt(4)));
    }

    private QuietFact quiet() {
        Level level = some(() -> Level.values()[random.nextInt(3)]);
        return new QuietFact(random.nextInt(2_000_000_000), random.nextInt(100_000), level);
    }

    private UserProfile user() {
        Map<String, String> properties = new HashMap<>();
        KEYS.forEach(key -> {
            if (random.nextBoolean()) {
                properties.put(key, random.nextInt(20) == 0 ? pick(ODD_OBJECTS) : pick(VALUES));
            }
        });
        return new UserProfile(some(this::text), some(this::text), some(this::text), some(this::object), properties);
    }

    private String object() {
        if (random.nextInt(8) == 0) {
            return pick(ODD_OBJECTS);
        }
        StringBuilder json = new StringBuilder("{");
        for (String key : KEYS) {
            if (random.nextInt(4) > 0) {
                json.append(json.length() == 1 ? "" : ",")
                        .append('"')
                        .append(key)
                        .append("\":")
                        .append(pick(VALUES));
            }
        }
        return json.append('}').toString();
    }

    private Instant instant() {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.parse("0001-01-01T00:00:00Z");
            case 1 -> Instant.parse("9999-12-31T23:59:59.999Z");
            case 2 -> Instant.EPOCH.minusNanos(1);
            default -> Facts.NOON.plus(Duration.ofMillis(random.nextInt()));
        };
    }

    private double fraction() {
        return switch (random.nextInt(14)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> -0.0;
            case 3 -> 0.0;
            case 4, 5 -> 1.0;
            case 6 -> 9.223372036854775807e18;
            case 7 -> -1e300;
            default -> random.nextInt(8) / 4.0 - 0.5;
        };
    }

    private String text() {
        return pick(TEXTS);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private <T> @Nullable T some(Supplier<T> maker) {
        return random.nextInt(6) == 0 ? null : maker.get();
    }
}

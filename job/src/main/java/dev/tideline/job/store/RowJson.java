package dev.tideline.job.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tideline.job.emit.Wire;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.MoodFact;
import dev.tideline.patterns.fact.QuietFact;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.SurveyFact;
import dev.tideline.patterns.fact.TextFact;
import dev.tideline.patterns.fact.WeekFact;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON inside of rows: named as on the topics, times as RFC 3339, what is not known left out. */
final class RowJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .setPropertyNamingStrategy(new TopicNames())
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantReader()));

    private RowJson() {}

    /** What the fact says, by the name of its kind; a text's meaning, never the text. */
    static String of(Fact fact) {
        ObjectNode json = MAPPER.createObjectNode();
        put(json, "text", fact.text());
        put(json, "session", fact.session());
        put(json, "mood", fact.mood());
        put(json, "survey", fact.survey());
        put(json, "quiet", fact.quiet());
        put(json, "week", fact.week());
        return json.toString();
    }

    /**
     * What {@link #of(Fact)} wrote, as a fact again. When what caused it arrived is not kept: it is taken to have been at once.
     *
     * @param id as it was written
     */
    static Fact fact(String kind, String id, String user, Instant at, String json, boolean late) {
        JsonNode said = read(json);
        return new Fact(
                kind,
                id,
                user,
                at,
                null,
                get(said, "text", TextFact.class),
                get(said, "session", SessionFact.class),
                get(said, "mood", MoodFact.class),
                get(said, "survey", SurveyFact.class),
                get(said, "quiet", QuietFact.class),
                get(said, "week", WeekFact.class),
                late,
                at);
    }

    private static <T> @Nullable T get(JsonNode said, String name, Class<T> type) {
        JsonNode value = said.get(name);
        try {
            return value == null ? null : MAPPER.treeToValue(value, type);
        } catch (JsonProcessingException unreadable) {
            // The message quotes its source: leave it out.
            throw new IllegalStateException("a fact that was written cannot be read, " + type.getSimpleName());
        }
    }

    /** The signals as in an alert's message. */
    static String of(List<Signal> signals) {
        return Wire.signals(signals).toString();
    }

    /** An object that is filled by the caller. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A document that was found good before; a missing node where there is none. */
    static JsonNode read(@Nullable String json) {
        if (json == null) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException unreadable) {
            // The parser's message quotes its source: leave it out.
            throw new IllegalStateException("JSON that passed decoding cannot be read, length " + json.length());
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.set(name, MAPPER.valueToTree(value));
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Instant.parse(parser.getText());
        }
    }

    /** Snake case, and {@code slope_14d} where Jackson would say {@code slope14d}. */
    private static final class TopicNames extends SnakeCaseStrategy {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String translate(String name) {
            return super.translate(name).replaceAll("([a-z])(\\d+d)$", "$1_$2");
        }
    }
}

package dev.tideline.patterns.trend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Mood logs of any scale, brought to 0…1: {@code (mood - min) / (max - min)}, by default of a scale from 1 to 10. */
public final class MoodScale {
    private static final double LOWEST = 1;
    private static final double HIGHEST = 10;
    private static final JsonFactory JSON = new JsonFactory();

    private MoodScale() {}

    /** The level of a mood on the scale; null where the scale has no width. */
    public static @Nullable Double level(double mood, double scaleMin, double scaleMax) {
        return scaleMax > scaleMin ? (mood - scaleMin) / (scaleMax - scaleMin) : null;
    }

    /**
     * The level that the context of an {@code emotion_logged} event tells.
     *
     * @param context a JSON object that decoding has found good, or null
     * @return null where it tells none
     */
    public static @Nullable Double level(@Nullable String context) {
        if (context == null) {
            return null;
        }
        try (JsonParser json = JSON.createParser(context)) {
            return json.nextToken() == JsonToken.START_OBJECT ? level(json) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Double level(JsonParser json) throws IOException {
        Double mood = null;
        double min = LOWEST;
        double max = HIGHEST;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "mood" -> mood = value.isNumeric() ? Double.valueOf(json.getDoubleValue()) : null;
                case "scale_min" -> min = number(json, value, LOWEST);
                case "scale_max" -> max = number(json, value, HIGHEST);
                default -> {}
            }
            json.skipChildren();
        }
        return mood == null ? null : level(mood, min, max);
    }

    /** A number, also one in quotes; anything else is as if it were not there, but for true and false, 1 and 0. */
    private static double number(JsonParser json, JsonToken value, double otherwise) throws IOException {
        return switch (value) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_STRING -> NumberInput.parseAsDouble(json.getText(), otherwise);
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> otherwise;
        };
    }
}

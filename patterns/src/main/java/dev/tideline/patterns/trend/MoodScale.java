package dev.tideline.patterns.trend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Mood logs of any scale, brought to 0…1: {@code (mood - min) / (max - min)}, by default of a scale from 1 to 10. */
public final class MoodScale {
    private static final double LOWEST = 1;
    private static final double HIGHEST = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        try {
            JsonNode json = MAPPER.readTree(context);
            return json.path("mood").isNumber()
                    ? level(
                            json.path("mood").doubleValue(),
                            json.path("scale_min").asDouble(LOWEST),
                            json.path("scale_max").asDouble(HIGHEST))
                    : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}

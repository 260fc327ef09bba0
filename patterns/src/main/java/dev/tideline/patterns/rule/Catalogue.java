package dev.tideline.patterns.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules that come with Tideline. */
public final class Catalogue {
    /** A folder inside a jar cannot be listed, so its files are named here. */
    static final List<String> FILES =
            List.of("policy.yaml", "mood.yaml", "feedback.yaml", "survey.yaml", "segments.yaml");

    private Catalogue() {}

    /** All shipped rules with their documents. */
    public static Reading read() {
        Reading reading = Reading.EMPTY;
        for (String file : FILES) {
            reading = reading.and(RuleReader.read("catalogue/" + file, text(file)));
        }
        return reading;
    }

    /** The text of one file. */
    static String text(String file) {
        try (InputStream stream = Catalogue.class.getResourceAsStream("/catalogue/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the catalogue lacks " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the catalogue's " + file, unreadable);
        }
    }
}

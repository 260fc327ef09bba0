package dev.tideline.job.demo.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How a text sounds; each voice has its own file of texts under {@code demo/texts}. */
public enum Voice {
    CHEERFUL,
    PLAIN,
    WEARY,
    CRISIS,
    COMPLAINT,
    PRAISE;

    private final List<String> texts = read("/demo/texts/" + name().toLowerCase(Locale.ROOT) + ".txt");

    /** All its texts, at least one. */
    public List<String> texts() {
        return texts;
    }

    private static List<String> read(String resource) {
        try (InputStream stream = Voice.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing on the class path: " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
    }
}

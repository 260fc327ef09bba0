package dev.tideline.nlp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads {@code common-words.txt}: frequent words by language code, in lower case. */
final class CommonWords {
    private static final String RESOURCE = "common-words.txt";

    private CommonWords() {}

    static Map<String, Set<String>> read() {
        try (InputStream resource = CommonWords.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + CommonWords.class.getName());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
            Map<String, Set<String>> words = new HashMap<>();
            lines.lines().filter(line -> line.contains(": ")).forEach(line -> add(line, words));
            return Map.copyOf(words);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void add(String line, Map<String, Set<String>> words) {
        int colon = line.indexOf(':');
        String language = line.substring(0, colon);
        words.computeIfAbsent(language, absent -> new HashSet<>())
                .addAll(Arrays.asList(line.substring(colon + 2).split(" ")));
    }
}

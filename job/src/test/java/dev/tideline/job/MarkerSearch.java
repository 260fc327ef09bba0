package dev.tideline.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for a word that only a person's texts hold: as it is, in hex, and in base64 wherever it may begin there. */
final class MarkerSearch {
    private final List<String> guises = new ArrayList<>();

    MarkerSearch(String marker) {
        byte[] bytes = marker.getBytes(StandardCharsets.UTF_8);
        guises.add(marker);
        guises.add(HexFormat.of().formatHex(bytes));
        guises.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            guises.add(insideOfBase64(bytes, before));
        }
    }

    /** The characters of base64 that depend on the marker alone, when so many bytes precede it. */
    private static String insideOfBase64(byte[] marker, int before) {
        byte[] shifted = new byte[before + marker.length];
        System.arraycopy(marker, 0, shifted, before, marker.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (before * 8 + 5) / 6;
        return encoded.substring(from, shifted.length * 8 / 6);
    }

    boolean in(byte[] bytes) {
        // Each byte a character, so that nothing is lost where it is not text.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String small = text.toLowerCase(Locale.ROOT);
        return guises.stream().anyMatch(text::contains)
                || small.contains(guises.get(0).toLowerCase(Locale.ROOT));
    }

    boolean in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean inFilesOf(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (in(Files.readAllBytes(file))) {
                    return true;
                }
            }
        }
        return false;
    }
}

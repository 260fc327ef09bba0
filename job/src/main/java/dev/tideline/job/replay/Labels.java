package dev.tideline.job.replay;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who was in distress, and since when, and over which time each of these users was seen. Several threads may see users. */
final class Labels {
    private static final Set<String> POSITIVE = Set.of("1", "true", "yes", "positive");
    private static final Set<String> NEGATIVE = Set.of("0", "false", "no", "negative");

    /** What is known of a labelled user. */
    static final class Labelled {
        private final boolean positive;
        private final @Nullable Instant onset;
        private @Nullable Instant first;
        private @Nullable Instant last;

        Labelled(boolean positive, @Nullable Instant onset) {
            this.positive = positive;
            this.onset = onset;
        }

        boolean positive() {
            return positive;
        }

        @Nullable
        Instant onset() {
            return onset;
        }

        @Nullable
        Instant first() {
            return first;
        }

        @Nullable
        Instant last() {
            return last;
        }

        private synchronized void seen(Instant at) {
            first = first == null || at.isBefore(first) ? at : first;
            last = last == null || at.isAfter(last) ? at : last;
        }
    }

    private final Map<String, Labelled> byUser;

    private Labels(Map<String, Labelled> byUser) {
        this.byUser = byUser;
    }

    /**
     * Reads {@code user_id,label,onset}; a first line that begins with {@code user_id} is a heading, the onset (a date or a
     * timestamp) may be missing.
     *
     * @param file null = nobody is labelled
     * @throws BadLabelsException if a line cannot be understood
     */
    static Labels read(@Nullable Path file) throws IOException {
        Map<String, Labelled> byUser = new HashMap<>();
        if (file != null) {
            List<String> lines = lines(file);
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1).replace("\uFEFF", "").strip();
                boolean heading = number == 1 && line.toLowerCase(Locale.ROOT).startsWith("user_id");
                if (!line.isEmpty() && !heading) {
                    read(file + ":" + number, line, byUser);
                }
            }
        }
        return new Labels(byUser);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            throw new BadLabelsException(file + ": is not UTF-8");
        }
    }

    private static void read(String place, String line, Map<String, Labelled> byUser) {
        String[] cells = line.split(",", -1);
        String label = cells.length > 1 ? cells[1].strip().toLowerCase(Locale.ROOT) : "";
        if (!POSITIVE.contains(label) && !NEGATIVE.contains(label)) {
            throw new BadLabelsException(place + ": the label must be 1 or 0");
        }
        Instant onset = cells.length > 2 ? onset(place, cells[2].strip()) : null;
        byUser.put(cells[0].strip().toLowerCase(Locale.ROOT), new Labelled(POSITIVE.contains(label), onset));
    }

    private static @Nullable Instant onset(String place, String text) {
        try {
            if (text.isEmpty()) {
                return null;
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new BadLabelsException(place + ": the onset must be a date or a timestamp with offset");
        }
    }

    boolean isEmpty() {
        return byUser.isEmpty();
    }

    void seen(String user, Instant at) {
        Labelled labelled = byUser.get(user);
        if (labelled != null) {
            labelled.seen(at);
        }
    }

    Map<String, Labelled> byUser() {
        return byUser;
    }

    /** A labels file that cannot be understood; the message names the line. */
    static final class BadLabelsException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        BadLabelsException(String message) {
            super(message);
        }
    }
}

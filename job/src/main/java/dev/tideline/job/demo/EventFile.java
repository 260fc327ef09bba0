package dev.tideline.job.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.job.demo.simulation.Emission;
import dev.tideline.job.ingest.Channel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Events from a file, a JSON object a line, in the order of the file. Each is written at its own time, or right after the
 * one before it where that is later, where it has no readable time, or where its time is after {@code now}: whether it is
 * any good is for the job to say. Blank lines are skipped. For one thread.
 */
final class EventFile implements Iterator<Emission>, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BufferedReader reader;
    private final Instant now;
    private @Nullable Instant last;
    private @Nullable String line;

    /** @throws IOException if the file cannot be read */
    EventFile(Path file, Instant now) throws IOException {
        CharsetDecoder lenient = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE);
        this.reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), lenient));
        this.now = now;
        advance();
    }

    @Override
    public boolean hasNext() {
        return line != null;
    }

    @Override
    public Emission next() {
        String value = line;
        if (value == null) {
            throw new NoSuchElementException("the file is at its end");
        }
        JsonNode event = tree(value);
        Instant claimed = time(event.path("event_timestamp").asText());
        Instant before = last;
        Instant at = claimed == null || claimed.isAfter(now) || (before != null && claimed.isBefore(before))
                ? (before == null ? now : before)
                : claimed;
        if (claimed != null || before != null) {
            last = at;
        }
        advanceUnchecked();
        return new Emission(at, Channel.EVENTS, event.path("user_id").asText(), value);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private void advance() throws IOException {
        do {
            line = reader.readLine();
        } while (line != null && line.isBlank());
    }

    private void advanceUnchecked() {
        try {
            advance();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the events cannot be read on", unreadable);
        }
    }

    private static JsonNode tree(String value) {
        try {
            return MAPPER.readTree(value);
        } catch (JsonProcessingException broken) {
            return MAPPER.nullNode();
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}

package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.patterns.fact.SegmentChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change with all that a reader sees of it but its id. Times are epoch milliseconds. */
record Told(
        String user,
        String segment,
        long sequence,
        boolean entered,
        long at,
        int version,
        String reason,
        @Nullable String cause,
        long since,
        @Nullable Long expires) {
    private static final Comparator<Told> ORDER = Comparator.comparing(Told::user)
            .thenComparing(Told::segment)
            .thenComparing(Told::sequence)
            .thenComparing(Told::at)
            .thenComparing(Told::entered);

    static List<Told> sorted(List<Told> changes) {
        return changes.stream().sorted(ORDER).toList();
    }

    static Told of(SegmentChange change) {
        Instant expires = change.expiresAt();
        return new Told(
                change.user(),
                change.segment(),
                change.sequence(),
                change.entered(),
                change.at().toEpochMilli(),
                change.version(),
                change.reason().name().toLowerCase(Locale.ROOT),
                change.cause(),
                Objects.requireNonNull(change.memberSince()).toEpochMilli(),
                expires == null ? null : expires.toEpochMilli());
    }

    /** Reads a message as it stands on the topic; what it says twice must agree. */
    static Told of(JsonNode message) {
        JsonNode data = message.path("data");
        boolean entered = data.path("change").asText().equals("entered");
        String segment = data.path("segment").asText();
        if (!message.path("type").asText().equals("tideline.segment." + (entered ? "entered" : "exited"))
                || !message.path("source").asText().equals("/tideline/segments/" + segment)) {
            throw new AssertionError("a message at odds with itself: " + message);
        }
        return new Told(
                message.path("subject").asText(),
                segment,
                data.path("sequence").asLong(),
                entered,
                millis(message.path("time")),
                data.path("version").asInt(),
                data.path("reason").asText(),
                data.path("cause").isNull() ? null : data.path("cause").asText(),
                millis(data.path("member_since")),
                data.path("expires_at").isNull() ? null : millis(data.path("expires_at")));
    }

    /** Reads a row of {@link LiveWorlds#changesQuery}. */
    static Told ofRow(String row) {
        String[] columns = row.split(" \\| ", -1);
        return new Told(
                columns[0],
                columns[1],
                Long.parseLong(columns[2]),
                columns[3].equals("entered"),
                Long.parseLong(columns[4]),
                Integer.parseInt(columns[5]),
                columns[6],
                columns[7].equals("null") ? null : columns[7],
                Long.parseLong(columns[8]),
                columns[9].equals("null") ? null : Long.valueOf(columns[9]));
    }

    /** As {@link LiveWorlds#membershipsQuery} has it after this change. */
    String membership() {
        return String.join(
                " | ",
                user,
                segment,
                entered ? "t" : "f",
                String.valueOf(version),
                String.valueOf(at),
                reason,
                String.valueOf(sequence));
    }

    /** One line a change, in the order of user, segment and number. */
    static String lines(List<Told> told) {
        return sorted(told).stream().map(Told::toString).collect(Collectors.joining("\n"));
    }

    Told inShadow() {
        return new Told(user, "~" + segment, sequence, entered, at, version, reason, cause, since, expires);
    }

    private static long millis(JsonNode time) {
        return Instant.parse(time.asText()).toEpochMilli();
    }

    @Override
    public String toString() {
        return Instant.ofEpochMilli(at) + " " + user.substring(user.length() - 4) + " " + segment + " v" + version
                + " #"
                + sequence + (entered ? " entered " : " exited ") + reason + " cause " + cause + " since "
                + Instant.ofEpochMilli(since) + " expires " + (expires == null ? null : Instant.ofEpochMilli(expires));
    }
}

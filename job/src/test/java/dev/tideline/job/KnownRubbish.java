package dev.tideline.job;

import static dev.tideline.job.KnownPeople.bytes;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that must be refused, and why. */
final class KnownRubbish {
    /** One of them; the path is that of its dead letter. */
    record Refused(
            byte @Nullable [] value,
            Reason reason,
            @Nullable String path) {
        String expected() {
            return reason + " " + path + " " + sha256(value == null ? new byte[0] : value);
        }
    }

    private static final int MEGABYTE = 1_000_000;
    private static final int DEEP = 100_000;
    private static final String SAMPLE = KnownPeople.json(
            "mira", 90, "2025-03-10T10:00:00Z", "message_sent", "{\"text\":\"" + KnownPeople.MARKER + "\"}");

    private KnownRubbish() {}

    static List<Refused> all() {
        List<Refused> all = new ArrayList<>();
        byte[] sample = bytes(SAMPLE);
        for (int offset = 0; offset < sample.length; offset++) {
            byte[] cut = Arrays.copyOf(sample, offset);
            all.add(new Refused(cut, offset == 0 ? Reason.EMPTY : Reason.NOT_JSON, null));
            all.add(new Refused(with(sample, offset, 0x00), Reason.FORBIDDEN_CHARACTER, null));
            all.add(new Refused(with(sample, offset, 0xFF), Reason.NOT_UTF8, null));
        }
        all.add(new Refused(null, Reason.TOMBSTONE, null));
        all.add(new Refused(new byte[0], Reason.EMPTY, null));
        all.add(new Refused(bytes("x".repeat(MEGABYTE)), Reason.TOO_LARGE, null));
        all.add(new Refused(bytes(deep()), Reason.TOO_DEEP, "/context/a/0/0/0/0/0/0"));
        all.add(new Refused(bytes(SAMPLE + SAMPLE), Reason.TRAILING_CONTENT, null));
        all.add(new Refused(bytes(SAMPLE.replace("\"user_id\"", "\"person\"")), Reason.MISSING_FIELD, "/user_id"));
        all.add(new Refused(
                bytes(SAMPLE.replace("\"" + KnownPeople.MARKER + "\"", "[\"" + KnownPeople.MARKER + "\"]")),
                Reason.WRONG_TYPE,
                "/context/text"));
        all.add(new Refused(
                bytes(SAMPLE.replace("2025-03-10T10:00:00Z", "2025-02-30T10:00:00Z")),
                Reason.BAD_TIMESTAMP,
                "/event_timestamp"));
        all.add(new Refused(
                bytes(SAMPLE.replace("2025-03-10T10:00:00Z", "9025-03-10T10:00:00Z")),
                Reason.FUTURE_TIMESTAMP,
                "/event_timestamp"));
        return all;
    }

    private static String deep() {
        String nested = "[".repeat(DEEP) + "]".repeat(DEEP);
        return KnownPeople.json(
                "mira", 91, "2025-03-10T10:00:00Z", "page_view", "{\"path\":\"/\",\"a\":" + nested + "}");
    }

    private static byte[] with(byte[] sample, int offset, int value) {
        byte[] changed = sample.clone();
        changed[offset] = (byte) value;
        return changed;
    }

    static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import dev.tideline.patterns.fact.RuleRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Turns what came in into what travels, or into a dead letter that says why not. Pure, and never throws because of its
 * input. Confined to one thread: make one for each.
 *
 * <p>The order of the checks decides the code. First the value as a whole: {@code TOMBSTONE}, {@code EMPTY} (no bytes, or
 * blanks only), {@code TOO_LARGE} (more than {@link #LARGEST} bytes), {@code NOT_UTF8} or a raw NUL
 * ({@code FORBIDDEN_CHARACTER}). Then its form, the first fault in the order of reading: {@code NOT_JSON},
 * {@code NOT_AN_OBJECT}, {@code DUPLICATE_KEY}, {@code FORBIDDEN_CHARACTER} (escaped), {@code BAD_VALUE} (a number out of
 * range), {@code TOO_DEEP} (more than {@link StrictReader#DEEPEST} levels), {@code TRAILING_CONTENT}. A record whose form
 * holds is then checked field by field, in the contract's order. A byte-order mark is no JSON.
 *
 * <p>Rules are only wrapped: the rule gate says what is wrong with them. Their tombstones remove; any other is refused,
 * a profile's too, since forgetting a person is asked for by a privacy request.
 */
public final class Decoder {
    /** Bytes that a record may have: eight times the largest context. */
    static final int LARGEST = 512 * 1024;

    private final StrictReader reader = new StrictReader();
    private final EventDecoder events;
    private final DeadLetterOffice office;

    public Decoder(DecoderSettings settings) {
        this.events = new EventDecoder(settings, reader);
        this.office = new DeadLetterOffice(settings.payloadSealer());
    }

    /** What the record says; of kind {@code REFUSED} if it may not come in. */
    public Arrival decode(Channel channel, Received received) {
        try {
            return channel == Channel.RULES ? rule(received) : decoded(channel, received);
        } catch (RefusedException refused) {
            return Arrival.of(office.write(received, refused));
        } finally {
            reader.close();
        }
    }

    /**
     * What a line of a history's {@code rules.jsonl} says: a rule document with one more field, {@code effective}; of kind
     * {@code REFUSED} where its form does not hold, or no rule can be made out.
     */
    public Arrival decodeRuleLine(Received received) {
        try {
            return Arrival.of(RuleLine.decode(checked(received), reader));
        } catch (RefusedException refused) {
            return Arrival.of(office.write(received, refused));
        } finally {
            reader.close();
        }
    }

    private Arrival decoded(Channel channel, Received received) throws RefusedException {
        byte[] value = checked(received);
        return switch (channel) {
            case EVENTS -> Arrival.of(events.decode(value, received.receivedAt()));
            case PROFILES -> Arrival.of(ProfileDecoder.decode(value, reader));
            case PRIVACY -> Arrival.of(PrivacyDecoder.decode(value, received.receivedAt(), reader));
            case ACTIONS -> Arrival.of(ActionDecoder.decode(value, reader));
            case RULES -> throw new IllegalArgumentException("rules are not decoded here");
        };
    }

    /** The value, which holds as a whole. */
    private static byte[] checked(Received received) throws RefusedException {
        byte[] value = received.value();
        if (value == null) {
            throw new RefusedException(Reason.TOMBSTONE, null, "A record without a value.");
        }
        if (isBlank(value)) {
            throw new RefusedException(Reason.EMPTY, null, "Nothing but blanks.");
        }
        if (value.length > LARGEST) {
            throw new RefusedException(Reason.TOO_LARGE, null, "More than " + LARGEST + " bytes.");
        }
        StrictUtf8.check(value);
        if (value[0] == (byte) 0xEF && value.length > 1 && value[1] == (byte) 0xBB) {
            throw new RefusedException(Reason.NOT_JSON, null, "Not JSON at byte 0.");
        }
        return value;
    }

    private static boolean isBlank(byte[] value) {
        for (byte each : value) {
            if (each != ' ' && each != '\t' && each != '\r' && each != '\n') {
                return false;
            }
        }
        return true;
    }

    private static Arrival rule(Received received) throws RefusedException {
        byte[] key = received.key();
        byte[] value = received.value();
        if (value != null) {
            StrictUtf8.check(value);
        }
        return Arrival.of(new RuleRecord(
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                value == null ? null : new String(value, StandardCharsets.UTF_8),
                Instant.ofEpochMilli(received.recordTimestamp())));
    }
}

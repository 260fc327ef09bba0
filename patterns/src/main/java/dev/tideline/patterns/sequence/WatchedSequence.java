package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Sequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that somebody wants to hear of, and the stretch of event time in which it holds. Several versions of one rule may
 * be watched at the same time: each sees the facts of its own stretch only.
 *
 * @param key whose sequence it is, such as {@code pattern/mood_floor}
 * @param version of the rule; partial matches never outlive it
 * @param effectiveMillis facts before this instant (epoch milliseconds) are not shown to the sequence; part of what the
 *     sequence is, so it stays the same for as long as its partial matches shall go on
 * @param untilMillis facts at or after this instant are not shown to it, and what is not complete before it is given up at
 *     that instant at the latest; {@link #OPEN} where no end is known. May be set while the sequence is watched.
 */
public record WatchedSequence(String key, int version, Sequence sequence, long effectiveMillis, long untilMillis) {
    /** No end is known. */
    public static final long OPEN = Long.MAX_VALUE;

    /** A sequence that holds until further notice. */
    public WatchedSequence(String key, int version, Sequence sequence, long effectiveMillis) {
        this(key, version, sequence, effectiveMillis, OPEN);
    }

    /** The sequence of a pattern. */
    public static WatchedSequence of(PatternRule rule) {
        return new WatchedSequence(
                rule.header().key(),
                rule.version(),
                rule.sequence(),
                rule.header().effectiveMillis());
    }

    /** The same, ending at the instant (epoch milliseconds, exclusive). */
    public WatchedSequence until(long millis) {
        return new WatchedSequence(key, version, sequence, effectiveMillis, millis);
    }

    /** A sequence that goes by what it says, such as one that several segments share. */
    public static WatchedSequence byContent(String prefix, Sequence sequence) {
        return new WatchedSequence(
                prefix + HexFormat.of().formatHex(digest(text(sequence)), 0, 8), 0, sequence, Long.MIN_VALUE);
    }

    boolean sees(long factMillis) {
        return factMillis >= effectiveMillis && factMillis < untilMillis;
    }

    /**
     * The name of its partial matches in state: 64 bits of a hash over key, version, from when on it holds and what the sequence
     * says. A version that was removed and put back is another one; a version whose end becomes known is the same.
     */
    long identity() {
        StringBuilder text = new StringBuilder();
        append(text, key);
        append(text, version);
        append(text, effectiveMillis);
        return ByteBuffer.wrap(digest(text.append(text(sequence)).toString())).getLong();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String text(Sequence sequence) {
        StringBuilder text = new StringBuilder().append(sequence.withinMillis());
        for (Sequence.Step step : sequence.steps()) {
            append(text, step.name());
            append(text, step.contiguity());
            append(text, step.on());
            append(text, source(step.where()));
            append(text, step.from());
            append(text, step.to());
            append(text, step.optional());
            append(text, step.greedy());
            append(text, step.consecutive());
            append(text, source(step.until()));
        }
        return text.toString();
    }

    private static @Nullable String source(@Nullable Predicate predicate) {
        return predicate == null ? null : predicate.source();
    }

    /** With its length in front, so that no two lists of parts make the same text. */
    private static void append(StringBuilder text, @Nullable Object part) {
        String word = Objects.toString(part);
        text.append('|').append(part == null ? -1 : word.length()).append(':').append(word);
    }
}

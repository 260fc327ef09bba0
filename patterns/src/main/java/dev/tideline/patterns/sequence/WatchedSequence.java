package dev.tideline.patterns.sequence;

import dev.tideline.patterns.rule.PatternRule;
import dev.tideline.patterns.rule.Predicate;
import dev.tideline.patterns.rule.Sequence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence that somebody wants to hear of.
 *
 * @param key whose sequence it is, such as {@code pattern/mood_floor}; unique among the watched ones
 * @param version of the rule; partial matches never outlive it
 * @param effectiveMillis facts before this instant (epoch milliseconds) are not shown to the sequence
 */
public record WatchedSequence(String key, int version, Sequence sequence, long effectiveMillis) {

    /** The sequence of a pattern. */
    public static WatchedSequence of(PatternRule rule) {
        return new WatchedSequence(
                rule.header().key(),
                rule.version(),
                rule.sequence(),
                rule.header().effectiveMillis());
    }

    /** A sequence that goes by what it says, such as one that several segments share. */
    public static WatchedSequence byContent(String prefix, Sequence sequence) {
        return new WatchedSequence(prefix + digest(sequence), 0, sequence, Long.MIN_VALUE);
    }

    /** The name of its partial matches in state: key, version and a digest of what the sequence says. */
    String identity() {
        return key + '#' + version + '#' + digest(sequence);
    }

    /** 16 hexadecimal digits that two sequences share only if they say the same. */
    private static String digest(Sequence sequence) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text(sequence).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
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

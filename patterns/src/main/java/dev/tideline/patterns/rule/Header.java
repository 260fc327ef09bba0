package dev.tideline.patterns.rule;

/**
 * What every rule says of itself.
 *
 * @param id {@code [a-z][a-z0-9_-]{0,63}}
 * @param shadow evaluated and counted, but told to nobody
 * @param effectiveMillis the rule holds for facts at or after this instant (epoch milliseconds);
 *     {@link Long#MIN_VALUE} for rules that were there before the first event
 */
public record Header(
        Kind kind,
        String id,
        int version,
        String name,
        String description,
        boolean enabled,
        boolean shadow,
        long effectiveMillis) {

    /** The kinds of rule. */
    public enum Kind {
        SEGMENT,
        PATTERN,
        POLICY;

        /** The word in a document. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The rule's key on the topic, such as {@code pattern/mood_floor}. */
    public String key() {
        return kind.word() + "/" + id;
    }
}

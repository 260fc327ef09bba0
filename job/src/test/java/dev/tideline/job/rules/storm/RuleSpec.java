package dev.tideline.job.rules.storm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule in plain values, of which the document on the topic is written and from which is foreseen what it does.
 *
 * @param slot the probes that it is about
 * @param threshold from which value on a probe is of interest, 0 … 100
 * @param refersTo another segment, only for {@link Shape#SEGMENT}
 */
public record RuleSpec(
        Shape shape,
        String id,
        int version,
        Standing standing,
        int slot,
        int threshold,
        @Nullable String refersTo) {
    /** In a pair, the first probe's value lies below this. */
    public static final int LOW = 10;

    /** A pair's second probe comes less than this after its first. */
    public static final long WITHIN_MILLIS = 20_000;

    /** What a rule looks for. */
    public enum Shape {
        /** One probe at or above the threshold. */
        SINGLE,
        /** A low probe, and at any time after it one at or above the threshold. */
        PAIR,
        /** People with a probe at or above the threshold, or those of another segment. */
        SEGMENT
    }

    /** Whether its matches are told. */
    public enum Standing {
        LIVE,
        SHADOW,
        DISABLED
    }

    /** A pattern or a segment that is live. */
    public static RuleSpec live(Shape shape, String id, int version, int slot, int threshold) {
        return new RuleSpec(shape, id, version, Standing.LIVE, slot, threshold, null);
    }

    /** {@code kind/id}. */
    public String key() {
        return (shape == Shape.SEGMENT ? "segment/" : "pattern/") + id;
    }

    /** Whether one probe alone, or the second of a pair, is what it looks for. */
    public boolean finds(Probe probe) {
        return probe.slot() == slot && probe.value() >= threshold;
    }

    /** Whether a probe may be the first of a pair. */
    public boolean beginsWith(Probe probe) {
        return probe.slot() == slot && probe.value() < LOW;
    }

    /** The document. */
    public String json() {
        String head = "{\"kind\": \"" + (shape == Shape.SEGMENT ? "segment" : "pattern") + "\", \"id\": \"" + id
                + "\", \"version\": " + version + ", \"name\": \"Probes of slot " + slot + "\"" + standingJson();
        return head + ", "
                + switch (shape) {
                    case SINGLE -> pattern(List.of(step("found", found())));
                    case PAIR ->
                        pattern(List.of(step("low", ofSlot() + " && context.value < " + LOW), step("found", found())));
                    case SEGMENT -> "\"when\": " + condition();
                }
                + "}";
    }

    private String standingJson() {
        return switch (standing) {
            case LIVE -> "";
            case SHADOW -> ", \"mode\": \"shadow\"";
            case DISABLED -> ", \"enabled\": false";
        };
    }

    private static String pattern(List<String> steps) {
        return "\"family\": \"engagement\", \"level\": \"AMBER\", \"cooldown\": \"0s\", \"within\": \"20s\", \"sequence\": ["
                + String.join(", ", steps) + "]";
    }

    private static String step(String name, String where) {
        return "{\"step\": \"" + name + "\", \"on\": \"probe\", \"where\": \"" + where + "\"}";
    }

    private String condition() {
        return refersTo == null
                ? "{\"performed\": \"probe\", \"where\": \"" + found() + "\", \"within\": \"1h\"}"
                : "{\"any\": [{\"segment\": \"" + refersTo + "\"}, {\"performed\": \"nothing\"}]}";
    }

    private String ofSlot() {
        return "context.slot == " + slot;
    }

    private String found() {
        return ofSlot() + " && context.value >= " + threshold;
    }
}

package dev.tideline.job.demo.simulation;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.util.function.UnaryOperator;

/** The ways in which a producer breaks a record, and what the job is expected to call each. */
public enum Breakage {
    CUT_OFF(Reason.NOT_JSON, value -> value.substring(0, value.length() / 2)),
    WITHOUT_USER(Reason.MISSING_FIELD, value -> value.replaceFirst("\"user_id\":\"[^\"]*\",", "")),
    VAGUE_TIME(
            Reason.BAD_TIMESTAMP, value -> value.replaceFirst("(\"event_timestamp\":\")[^\"]*", "$1yesterday evening")),
    HIDDEN_NUL(
            Reason.FORBIDDEN_CHARACTER, value -> value.replaceFirst("\"context\":\\{", "$0\"title\":\"a\\\\u0000b\",")),
    FROM_THE_FUTURE(
            Reason.FUTURE_TIMESTAMP,
            value -> value.replaceFirst("(\"event_timestamp\":\")[^\"]*", "$12999-01-01T00:00:00Z")),
    BLANK(Reason.EMPTY, value -> "  "),
    SAID_TWICE(Reason.DUPLICATE_KEY, value -> value.replaceFirst("(\"user_id\":\"[^\"]*\",)", "$1$1")),
    TWO_IN_ONE(Reason.TRAILING_CONTENT, value -> value + value),
    IN_A_LIST(Reason.NOT_AN_OBJECT, value -> "[" + value + "]"),
    NUMBER_AS_TYPE(Reason.WRONG_TYPE, value -> value.replaceFirst("(\"event_type\":)\"[^\"]*\"", "$117")),
    SHOUTED_TYPE(Reason.BAD_VALUE, value -> value.replaceFirst("(\"event_type\":\")[^\"]*", "$1PAGE VIEW"));

    private final Reason reason;
    private final UnaryOperator<String> damage;

    Breakage(Reason reason, UnaryOperator<String> damage) {
        this.reason = reason;
        this.damage = damage;
    }

    /** The reason code of its dead letter. */
    public Reason reason() {
        return reason;
    }

    /** The good event, broken this way. */
    public String apply(String event) {
        return damage.apply(event);
    }
}

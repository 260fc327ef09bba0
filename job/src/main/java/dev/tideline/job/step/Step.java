package dev.tideline.job.step;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Every step of the job, in the order of the way through: its uid, which a savepoint goes by and which therefore never
 * changes, and the name that people read in the web UI.
 */
public enum Step {
    SOURCE("source", "read what came in"),
    SPLIT("split", "part rules and refused records from the rest"),
    REPEATS("repeats", "drop repeated events"),
    GATE("gate", "ask for consent, encrypt, forget"),
    SCORE("score", "score texts"),
    SESSION_EVENTS("session-events", "take events alone"),
    SESSIONS("sessions", "close sessions after 30 quiet minutes"),
    RULE_FILES("rule-files", "watch the rules' files"),
    RULE_GATE("rule-gate", "check and number rules"),
    HISTORY_TIME("history-time", "take event time alone"),
    HISTORY("history", "read history for rules that ask for it"),
    PERSON("person", "follow each person"),
    RULE_STATUSES("rule-statuses", "say when every task has a rule"),
    ALERTS("alerts", "send alerts"),
    SEGMENT_CHANGES("segment-changes", "send segment changes"),
    RULE_STATUS("rule-status", "tell what became of rules"),
    DEAD_LETTERS("dead-letters", "send dead letters"),
    HEALTH("health", "tell that the job is well"),
    ROWS("rows", "make rows"),
    RULE_ROWS("rule-rows", "make rows of segment definitions"),
    KEY_ROWS("key-rows", "make rows of data keys"),
    CHANGE_ROWS("change-rows", "make rows of segment changes"),
    STORE("store", "write to the database"),
    SEGMENTS_STORE("segments-store", "write segment changes to the database");

    private final String uid;
    private final String title;

    Step(String uid, String title) {
        this.uid = uid;
        this.title = title;
    }

    /** What a savepoint knows the step by. */
    public String uid() {
        return uid;
    }

    /** What people know the step by. */
    public String title() {
        return title;
    }

    /** Marks an operator as this step. */
    public <T> SingleOutputStreamOperator<T> mark(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(title);
    }

    /** Marks a sink as this step. */
    public <T> DataStreamSink<T> mark(DataStreamSink<T> sink) {
        return sink.uid(uid).name(title);
    }
}

package dev.tideline.job.replay;

/** The files that a replay writes, besides its summary. */
enum Output {
    ALERTS("alerts"),
    SEGMENT_CHANGES("segment-changes"),
    SESSIONS("sessions"),
    RULE_STATUS("rule-status"),
    DEAD_LETTERS("dead-letters");

    private final String word;

    Output(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    String fileName() {
        return word + ".jsonl";
    }
}

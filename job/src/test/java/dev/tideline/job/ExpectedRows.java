package dev.tideline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@link KnownPeople} must leave behind, worked out by hand. */
final class ExpectedRows {
    /** As {@link SeenIn#alerts} says them. */
    static final String[] ALERTS = {
        "mira/1 opened AMBER open 2025-03-03T10:30:00Z mood_falling/3 " + miraOpenedBy(),
        "mira/1 overdue AMBER open 2025-03-05T10:30:00Z",
        "mira/1 resolved AMBER resolved 2025-03-17T10:30:00Z quiet",
        "noor/1 opened RED open 2025-03-04T09:00:00Z item9/1 [e05]",
        "noor/1 resolved RED resolved 2025-03-20T08:00:00Z staff",
        "olga/1 opened AMBER open 2025-03-05T12:00:00Z angry_feedback/1 [e06]",
        "olga/1 resolved AMBER resolved 2025-03-19T12:00:00Z quiet",
    };

    /** The dead letter of the action on an alert that mira does not have. */
    static final String REFUSED_ACTION =
            "BAD_ACTION /alert_id " + KnownRubbish.sha256(KnownPeople.bytes(KnownPeople.event(21)));

    // The survey is the first that is known of noor: the event makes noor exist, with an alert open already.
    static final String[] CHANGES = {
        "mira at-risk 1 entered 2025-03-03T10:30:00Z risk null 2025-03-03T10:30:00Z null",
        "mira at-risk 2 exited 2025-03-17T10:30:00Z risk null 2025-03-03T10:30:00Z null",
        "noor at-risk 1 entered 2025-03-04T09:00:00Z event e05 2025-03-04T09:00:00Z null",
        "noor at-risk 2 exited 2025-03-20T08:00:00Z risk null 2025-03-04T09:00:00Z null",
        "olga at-risk 1 entered 2025-03-05T12:00:00Z risk null 2025-03-05T12:00:00Z null",
        "olga at-risk 2 exited 2025-03-19T12:00:00Z risk null 2025-03-05T12:00:00Z null",
        "pia looks-at-pricing 1 entered 2025-03-06T08:10:00Z event e09 2025-03-06T08:10:00Z 2025-03-13T08:00:00Z",
        "pia looks-at-pricing 2 exited 2025-03-13T08:00:00Z expiry null 2025-03-06T08:10:00Z null",
        "pia via-topic 1 entered 2025-03-06T08:00:00Z event e07 2025-03-06T08:00:00Z null",
        "quin paying 1 entered 2025-03-02T00:00:00Z profile null 2025-03-02T00:00:00Z null",
        "quin paying 2 exited 2025-03-20T12:00:00Z profile null 2025-03-02T00:00:00Z null",
        "ruth paying 1 entered 2025-03-02T01:00:00Z profile null 2025-03-02T01:00:00Z null",
        "ruth paying 2 exited 2025-03-20T13:00:00Z consent null 2025-03-02T01:00:00Z null",
        "sam paying 1 entered 2025-03-02T02:00:00Z profile null 2025-03-02T02:00:00Z null",
        "sam paying 2 exited 2025-03-20T14:00:00Z erasure null 2025-03-02T02:00:00Z null",
    };

    /** By query its rows; sam was erased, and is nowhere but where that is written. */
    static final Map<String, List<String>> BY_QUERY = new LinkedHashMap<>();

    static {
        BY_QUERY.put(
                "SELECT user_id, event_timestamp, event_id, event_type, context, sealed_text IS NOT NULL, late"
                        + " FROM tideline.behavioral_events ORDER BY 1, 2",
                List.of(
                        "mira | 2025-03-01 10:00:00+00 | e01 | emotion_logged | {\"mood\": 8} | f | f",
                        "mira | 2025-03-01 10:10:00+00 | e02 | page_view | {\"path\": \"/home\"} | f | f",
                        "mira | 2025-03-02 10:00:00+00 | e03 | emotion_logged | {\"mood\": 5} | f | f",
                        "mira | 2025-03-03 10:00:00+00 | e04 | emotion_logged | {\"mood\": 2} | f | f",
                        "noor | 2025-03-04 09:00:00+00 | e05 | survey_response | {\"items\": [0, 0, 1, 1, 0, 1, 1, 0, 1],"
                                + " \"score\": 5, \"instrument\": \"PHQ-9\"} | f | f",
                        "olga | 2025-03-05 12:00:00+00 | e06 | feedback_given | {\"rating\": 1, \"content_id\":"
                                + " \"content\", \"feedback_type\": \"rating\"} | t | f",
                        "pia | 2025-03-06 08:00:00+00 | e07 | page_view | {\"path\": \"/pricing\"} | f | f",
                        "pia | 2025-03-06 08:05:00+00 | e08 | page_view | {\"path\": \"/pricing\"} | f | f",
                        "pia | 2025-03-06 08:10:00+00 | e09 | page_view | {\"path\": \"/pricing\"} | f | f",
                        "pia | 2025-03-06 08:20:00+00 | e10 | content_interaction | {\"content_id\": \"content\","
                                + " \"interaction_type\": \"like\"} | f | f",
                        "pia | 2025-03-07 08:00:00+00 | e13 | page_view | {\"path\": \"/pricing\"} | f | t",
                        "tail | 2025-03-20 00:00:00+00 | e12 | page_view | {\"path\": \"/home\"} | f | f",
                        "tail | 2025-03-22 00:00:00+00 | e14 | page_view | {\"path\": \"/home\"} | f | f"));
        BY_QUERY.put(
                "SELECT user_id, started_at, ended_at, events, page_views, messages, round(mood_mean::numeric, 4),"
                        + " mood_logs, sentiment_mean, negative_texts FROM tideline.sessions ORDER BY 1, 2",
                List.of(
                        "mira | 2025-03-01 10:00:00+00 | 2025-03-01 10:10:00+00 | 2 | 1 | 0 | 0.7778 | 1 | null | 0",
                        "mira | 2025-03-02 10:00:00+00 | 2025-03-02 10:00:00+00 | 1 | 0 | 0 | 0.4444 | 1 | null | 0",
                        "mira | 2025-03-03 10:00:00+00 | 2025-03-03 10:00:00+00 | 1 | 0 | 0 | 0.1111 | 1 | null | 0",
                        "noor | 2025-03-04 09:00:00+00 | 2025-03-04 09:00:00+00 | 1 | 0 | 0 | null | 0 | null | 0",
                        "olga | 2025-03-05 12:00:00+00 | 2025-03-05 12:00:00+00 | 1 | 0 | 0 | null | 0 | 0 | 1",
                        "pia | 2025-03-06 08:00:00+00 | 2025-03-06 08:20:00+00 | 4 | 3 | 0 | null | 0 | null | 0",
                        "tail | 2025-03-20 00:00:00+00 | 2025-03-20 00:00:00+00 | 1 | 1 | 0 | null | 0 | null | 0"));
        BY_QUERY.put(
                "SELECT user_id, fact_time, kind, late FROM tideline.facts ORDER BY 1, 2",
                List.of(
                        "mira | 2025-03-01 10:40:00+00 | session | f",
                        "mira | 2025-03-02 10:30:00+00 | session | f",
                        "mira | 2025-03-03 10:30:00+00 | session | f",
                        "noor | 2025-03-04 09:00:00+00 | survey | f",
                        "noor | 2025-03-04 09:30:00+00 | session | f",
                        "olga | 2025-03-05 12:00:00+00 | text | f",
                        "olga | 2025-03-05 12:30:00+00 | session | f",
                        "pia | 2025-03-06 08:50:00+00 | session | f",
                        "tail | 2025-03-20 00:30:00+00 | session | f"));
        BY_QUERY.put(
                "SELECT user_id, event_id, content_id, interaction_type, sentiment, late FROM tideline.interactions",
                List.of("pia | e10 | content | like | null | f"));
        BY_QUERY.put(
                "SELECT user_id, event_id, content_id, feedback_type, rating, rating_max, sentiment, sentiment_score"
                        + " FROM tideline.feedback",
                List.of("olga | e06 | content | rating | 1 | 5 | 0 | 0"));
        BY_QUERY.put(
                "SELECT content_id, first_seen, last_seen FROM tideline.content_metadata",
                List.of("content | 2025-03-05 12:00:00+00 | 2025-03-06 08:20:00+00"));
        BY_QUERY.put(
                "SELECT alert_id, level, status, opened_at, changed_at, revision, signals_total, reason, outcome"
                        + " FROM tideline.risk_alerts ORDER BY 1",
                List.of(
                        "mira/1 | AMBER | resolved | 2025-03-03 10:30:00+00 | 2025-03-17 10:30:00+00 | 3 | 1 | quiet | null",
                        "noor/1 | RED | resolved | 2025-03-04 09:00:00+00 | 2025-03-20 08:00:00+00 | 2 | 1 | staff |"
                                + " true_positive",
                        "olga/1 | AMBER | resolved | 2025-03-05 12:00:00+00 | 2025-03-19 12:00:00+00 | 2 | 1 | quiet |"
                                + " null"));
        BY_QUERY.put(
                "SELECT alert_id, revision, change, level, status, changed_at, sealed_note IS NOT NULL"
                        + " FROM tideline.risk_alert_history ORDER BY 1, 2",
                List.of(
                        "mira/1 | 1 | opened | AMBER | open | 2025-03-03 10:30:00+00 | f",
                        "mira/1 | 2 | overdue | AMBER | open | 2025-03-05 10:30:00+00 | f",
                        "mira/1 | 3 | resolved | AMBER | resolved | 2025-03-17 10:30:00+00 | f",
                        "noor/1 | 1 | opened | RED | open | 2025-03-04 09:00:00+00 | f",
                        "noor/1 | 2 | resolved | RED | resolved | 2025-03-20 08:00:00+00 | t",
                        "olga/1 | 1 | opened | AMBER | open | 2025-03-05 12:00:00+00 | f",
                        "olga/1 | 2 | resolved | AMBER | resolved | 2025-03-19 12:00:00+00 | f"));
        BY_QUERY.put(
                "SELECT user_id, segment_id, sequence, change, changed_at, reason, cause FROM tideline.segment_changes"
                        + " ORDER BY 1, 2, 3",
                List.of(
                        "mira | at-risk | 1 | entered | 2025-03-03 10:30:00+00 | risk | null",
                        "mira | at-risk | 2 | exited | 2025-03-17 10:30:00+00 | risk | null",
                        "noor | at-risk | 1 | entered | 2025-03-04 09:00:00+00 | event | e05",
                        "noor | at-risk | 2 | exited | 2025-03-20 08:00:00+00 | risk | null",
                        "olga | at-risk | 1 | entered | 2025-03-05 12:00:00+00 | risk | null",
                        "olga | at-risk | 2 | exited | 2025-03-19 12:00:00+00 | risk | null",
                        "pia | looks-at-pricing | 1 | entered | 2025-03-06 08:10:00+00 | event | e09",
                        "pia | looks-at-pricing | 2 | exited | 2025-03-13 08:00:00+00 | expiry | null",
                        "pia | via-topic | 1 | entered | 2025-03-06 08:00:00+00 | event | e07",
                        "quin | paying | 1 | entered | 2025-03-02 00:00:00+00 | profile | null",
                        "quin | paying | 2 | exited | 2025-03-20 12:00:00+00 | profile | null",
                        "ruth | paying | 1 | entered | 2025-03-02 01:00:00+00 | profile | null",
                        "ruth | paying | 2 | exited | 2025-03-20 13:00:00+00 | consent | null"));
        BY_QUERY.put(
                "SELECT user_id, segment_id, version, member, member_since FROM tideline.segment_membership"
                        + " WHERE member ORDER BY 1, 2",
                List.of("pia | via-topic | 1 | t | 2025-03-06 08:00:00+00"));
        BY_QUERY.put(
                "SELECT user_id, account_type, encrypted_pii IS NOT NULL, first_seen, last_seen, erased_at"
                        + " FROM tideline.users ORDER BY 1",
                List.of(
                        "mira | null | f | 2025-03-01 10:00:00+00 | 2025-03-03 10:00:00+00 | null",
                        "noor | null | f | 2025-03-04 09:00:00+00 | 2025-03-04 09:00:00+00 | null",
                        "olga | null | f | 2025-03-05 12:00:00+00 | 2025-03-05 12:00:00+00 | null",
                        "pia | null | f | 2025-03-06 08:00:00+00 | 2025-03-07 08:00:00+00 | null",
                        "quin | free | t | null | null | null",
                        "ruth | paid | f | null | null | null",
                        "sam | null | f | null | null | 2025-03-20 14:00:00+00",
                        "tail | null | f | 2025-03-20 00:00:00+00 | 2025-03-22 00:00:00+00 | null"));
        BY_QUERY.put(
                "SELECT user_id, name, value FROM tideline.user_properties", List.of("quin | industry | \"SaaS\""));
        BY_QUERY.put(
                "SELECT user_id, updated_at, fields, with_pii FROM tideline.profile_changes ORDER BY 1, 2",
                List.of(
                        "quin | 2025-03-02 00:00:00+00 | {\"account_type\": \"paid\", \"properties.industry\": \"SaaS\"}"
                                + " | t",
                        "quin | 2025-03-20 12:00:00+00 | {\"account_type\": \"free\"} | f",
                        "ruth | 2025-03-02 01:00:00+00 | {\"account_type\": \"paid\"} | f"));
        BY_QUERY.put(
                "SELECT user_id, updated_at, risk_detection, segmentation, text_analysis FROM tideline.consents"
                        + " ORDER BY 1",
                List.of("mira | 2025-03-01 00:00:00+00 | t | t | t", "ruth | 2025-03-20 13:00:00+00 | t | f | t"));
        BY_QUERY.put("SELECT user_id, requested_at FROM tideline.erasures", List.of("sam | 2025-03-20 14:00:00+00"));
        BY_QUERY.put(
                "SELECT user_id, created_at FROM tideline.data_keys ORDER BY 1",
                // mira's is for the note of an action that was refused later.
                List.of(
                        "mira | 2025-03-20 08:00:00+00",
                        "noor | 2025-03-20 08:00:00+00",
                        "olga | 2025-03-05 12:00:00+00",
                        "quin | 2025-03-02 00:00:00+00"));
        BY_QUERY.put(
                "SELECT actor, action, subject FROM tideline.audit_log ORDER BY entry_id",
                List.of("ines | alert.resolve | noor/1", "ines | alert.resolve | mira/7", "tideline | erasure | sam"));
    }

    private ExpectedRows() {}

    private static String miraOpenedBy() {
        return Stream.of("2025-03-01T10:00:00Z", "2025-03-02T10:00:00Z", "2025-03-03T10:00:00Z")
                .map(start -> "session:" + Instant.parse(start).toEpochMilli())
                .toList()
                .toString();
    }

    /** Waits for all rows, and holds them to these: no other, no fewer, none twice. */
    static void areAllIn(LivePlace place) {
        BY_QUERY.forEach((query, rows) -> {
            List<String> seen = Eventually.see(
                    () -> place.rows(query).stream().map(KnownPeople::named).toList(),
                    found -> found.size() >= rows.size());
            assertThat(seen).as(query).containsExactlyElementsOf(rows);
        });
    }
}

package dev.tideline.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.PrivacyRequest;
import dev.tideline.patterns.fact.Purpose;
import dev.tideline.patterns.fact.RuleRecord;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.SessionFact;
import dev.tideline.patterns.fact.StaffAction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What travels through the job, as rows. Pure; rows never hold a person's words, only ciphertext.
 *
 * <p>Events and profile patches have classes of their own: {@link EventRows}, {@link ProfileRows}.
 */
public final class Rows {
    /** When segments take into account what they may not. */
    static final String NEVER = "infinity";

    private static final String SEGMENT_KEY = "segment/";

    private Rows() {}

    /** A session that ended. */
    public static List<StoreRow> of(String user, SessionFact session) {
        return List.of(StoreRow.of(
                Table.SESSIONS,
                user,
                session.start().toString(),
                session.end().toString(),
                Long.toString(session.events()),
                Long.toString(session.pageViews()),
                Long.toString(session.messages()),
                text(session.moodMean()),
                text(session.moodMin()),
                Long.toString(session.moodLogs()),
                text(session.sentimentMean()),
                text(session.sentimentMin()),
                Long.toString(session.negativeTexts()),
                Long.toString(session.crisisTexts())));
    }

    /**
     * A fact, without its context: an event's own row has that.
     *
     * @param takenAt where event time stood, if it had passed what the fact was derived from; null if it had not
     * @param counts whether it is for segments too
     */
    public static List<StoreRow> of(Fact fact, @Nullable Instant takenAt, boolean counts) {
        return List.of(StoreRow.of(
                Table.FACTS,
                fact.user(),
                fact.at().toString(),
                fact.kind(),
                fact.id(),
                RowJson.of(fact),
                Boolean.toString(fact.late()),
                counts ? text(takenAt) : NEVER));
    }

    /** Consent, or an erasure: the latter's row makes the writer erase, see {@link Erasure}. */
    public static List<StoreRow> of(PrivacyRequest request) {
        if (request.erasure()) {
            return List.of(
                    StoreRow.of(Table.ERASURES, request.user(), request.at().toString()));
        }
        return List.of(StoreRow.of(
                Table.CONSENTS,
                request.user(),
                request.at().toString(),
                Boolean.toString(request.granted().contains(Purpose.RISK_DETECTION)),
                Boolean.toString(request.granted().contains(Purpose.SEGMENTATION)),
                Boolean.toString(request.granted().contains(Purpose.TEXT_ANALYSIS))));
    }

    /** The alert as it stands, and the change; nothing where an erasure ended it, for nothing of it is to remain. */
    public static List<StoreRow> of(AlertMessage message) {
        return "erasure".equals(message.reason()) ? List.of() : List.of(current(message), change(message));
    }

    private static StoreRow current(AlertMessage message) {
        StaffAction action = message.action();
        return StoreRow.of(
                Table.RISK_ALERTS,
                message.alertId(),
                message.user(),
                message.level().name(),
                word(message.status()),
                message.openedAt().toString(),
                message.dueAt().toString(),
                message.at().toString(),
                Long.toString(message.revision()),
                RowJson.of(message.signals()),
                Long.toString(message.signalsTotal()),
                message.summary(),
                message.reason(),
                action == null ? null : action.outcome());
    }

    private static StoreRow change(AlertMessage message) {
        StaffAction action = message.action();
        return StoreRow.of(
                Table.RISK_ALERT_HISTORY,
                message.alertId(),
                message.at().toString(),
                message.id(),
                message.user(),
                Long.toString(message.revision()),
                word(message.change()),
                message.level().name(),
                word(message.status()),
                message.openedAt().toString(),
                message.dueAt().toString(),
                RowJson.of(message.trigger()),
                message.summary(),
                message.reason(),
                action == null ? null : action(action),
                action == null ? null : action.sealedNote());
    }

    /** The change, and where membership stands; nothing where an erasure ended it. */
    public static List<StoreRow> of(SegmentChange change) {
        if (change.reason() == SegmentChange.Reason.ERASURE) {
            return List.of();
        }
        String sequence = Long.toString(change.sequence());
        String version = Integer.toString(change.version());
        String at = change.at().toString();
        String since = text(change.memberSince());
        String expires = text(change.expiresAt());
        String reason = word(change.reason());
        return List.of(
                StoreRow.of(
                        Table.SEGMENT_CHANGES,
                        change.user(),
                        change.segment(),
                        sequence,
                        at,
                        change.id(),
                        version,
                        change.entered() ? "entered" : "exited",
                        reason,
                        change.cause(),
                        since,
                        expires),
                StoreRow.of(
                        Table.SEGMENT_MEMBERSHIP,
                        change.user(),
                        change.segment(),
                        version,
                        Boolean.toString(change.entered()),
                        since,
                        expires,
                        at,
                        reason,
                        sequence));
    }

    /** An accepted rule: segments are kept with their versions, of other kinds nothing. */
    public static List<StoreRow> of(RuleRecord rule) {
        if (!rule.key().startsWith(SEGMENT_KEY)) {
            return List.of();
        }
        String id = rule.key().substring(SEGMENT_KEY.length());
        String at = rule.at().toString();
        if (rule.json() == null) {
            return List.of(StoreRow.of(Table.SEGMENT_REMOVALS, id, at));
        }
        JsonNode document = RowJson.read(rule.json());
        return List.of(StoreRow.of(
                Table.SEGMENT_DEFINITIONS,
                id,
                document.path("version").asText("1"),
                document.path("name").asText(id),
                document.path("description").isTextual()
                        ? document.path("description").textValue()
                        : null,
                document.path("mode").asText("live"),
                document.path("enabled").asText("true"),
                rule.json(),
                at,
                null));
    }

    /**
     * A user's data key.
     *
     * @param keyId as {@code DataKeys.keyId} tells it
     * @param wrapped base64, as {@code DataKeys.create} gave it
     * @param at the event time of what the key was made for
     */
    public static List<StoreRow> ofKey(String user, String keyId, String wrapped, Instant at) {
        return List.of(StoreRow.of(Table.DATA_KEYS, user, keyId, wrapped, at.toString()));
    }

    /** What a member of staff did, for the audit log; without the note. */
    public static List<StoreRow> of(StaffAction action) {
        return List.of(StoreRow.of(
                Table.AUDIT_LOG,
                "action:" + action.id(),
                action.at().toString(),
                action.by(),
                "alert." + word(action.kind()),
                action.alertId(),
                action(action)));
    }

    private static String action(StaffAction action) {
        return RowJson.object()
                .put("action_id", action.id())
                .put("action", word(action.kind()))
                .put("by", action.by())
                .put("at", action.at().toString())
                .put("outcome", action.outcome())
                .toString();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}

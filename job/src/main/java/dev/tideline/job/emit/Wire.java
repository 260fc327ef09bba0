package dev.tideline.job.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.DeadLetter;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.Signal;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Results as the bytes that readers of the topics see. Alerts and segment changes are CloudEvents 1.0 in structured JSON. */
public final class Wire {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFormat CLOUD_EVENTS = new JsonFormat();

    private Wire() {}

    /** An alert's change, of type {@code tideline.alert.*}. */
    public static byte[] alert(AlertMessage alert) {
        ObjectNode data = MAPPER.createObjectNode();
        data.put("alert_id", alert.alertId());
        data.put("level", alert.level().name());
        data.put("status", alert.status().name().toLowerCase(Locale.ROOT));
        data.put("opened_at", alert.openedAt().toString());
        data.put("due_at", alert.dueAt().toString());
        data.set("signals", signals(alert.signals()));
        data.put("signals_total", alert.signalsTotal());
        data.set("trigger", signals(alert.trigger()));
        data.put("summary", alert.summary());
        if (alert.reason() != null) {
            data.put("reason", alert.reason());
        }
        if (alert.action() != null) {
            ObjectNode action = data.putObject("action");
            action.put("action_id", alert.action().id());
            action.put("by", alert.action().by());
            putIfPresent(action, "outcome", alert.action().outcome());
        }
        return cloudEvent(alert.id(), "/tideline/alerts", alert.change().type(), alert.user(), alert.at(), data);
    }

    /** A segment's change, of type {@code tideline.segment.*}. */
    public static byte[] segmentChange(SegmentChange change) {
        ObjectNode data = MAPPER.createObjectNode();
        data.put("segment", change.segment());
        data.put("version", change.version());
        data.put("change", change.entered() ? "entered" : "exited");
        data.put("reason", change.reason().name().toLowerCase(Locale.ROOT));
        data.put("cause", change.cause());
        data.put("sequence", change.sequence());
        data.put("member_since", text(change.memberSince()));
        data.put("expires_at", text(change.expiresAt()));
        return cloudEvent(
                change.id(), "/tideline/segments/" + change.segment(), change.type(), change.user(), change.at(), data);
    }

    /** A membership of a snapshot, of type {@code tideline.segment.member}. */
    public static byte[] membership(MembershipSnapshot snapshot, Membership membership) {
        ObjectNode data = MAPPER.createObjectNode();
        data.put("segment", membership.segment());
        data.put("version", membership.version());
        data.put("sequence", membership.sequence());
        data.put("member_since", text(membership.memberSince()));
        data.put("expires_at", text(membership.expiresAt()));
        data.put("snapshot", snapshot.id());
        return cloudEvent(
                snapshot.id() + "/" + membership.user() + "/" + membership.segment(),
                "/tideline/segments/" + membership.segment(),
                "tideline.segment.member",
                membership.user(),
                snapshot.readAt(),
                data);
    }

    /**
     * The end of a snapshot in a partition, of type {@code tideline.segment.snapshot}.
     *
     * @param partition null where there are none
     * @param members in this partition
     * @param total in all
     */
    public static byte[] snapshotEnd(
            MembershipSnapshot snapshot, @Nullable Integer partition, long members, long total) {
        ObjectNode data = MAPPER.createObjectNode();
        data.put("snapshot", snapshot.id());
        data.put("changes_since", snapshot.changesSince().toString());
        if (snapshot.segments().isEmpty()) {
            data.putNull("segments");
        } else {
            ArrayNode segments = data.putArray("segments");
            snapshot.segments().forEach(segments::add);
        }
        data.put("partition", partition);
        data.put("members", members);
        data.put("members_total", total);
        String id = snapshot.id() + (partition == null ? "" : "/" + partition);
        return cloudEvent(id, "/tideline/segments", "tideline.segment.snapshot", null, snapshot.readAt(), data);
    }

    /** A dead letter. */
    public static byte[] deadLetter(DeadLetter letter) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("reason", letter.reason().name());
        json.put("detail", letter.detail());
        putIfPresent(json, "path", letter.path());
        json.put("topic", letter.topic());
        json.put("partition", letter.partition());
        json.put("offset", letter.offset());
        json.put("received_at", letter.receivedAt().toString());
        json.put("payload_sha256", letter.payloadSha256());
        putIfPresent(json, "payload_base64", letter.sealedPayload());
        return bytes(json);
    }

    /** What became of a rule. */
    public static byte[] ruleStatus(RuleStatus status) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("rule", status.key());
        json.put("status", status.verdict().name());
        json.put("version", status.version());
        json.put("at", status.at().toString());
        putIfPresent(json, "path", status.path());
        putIfPresent(json, "reason", status.reason());
        putIfPresent(json, "mode", status.mode());
        if (status.document() != null) {
            json.set("document", tree(status.document()));
        }
        if (status.running() != null) {
            ObjectNode running = json.putObject("running");
            running.put("version", status.running().version());
            running.set("document", tree(status.running().document()));
        }
        if (status.progress() != null) {
            ObjectNode progress = json.putObject("progress");
            progress.put("done", status.progress().done());
            progress.put("of", status.progress().of());
        }
        if (status.countingSince() != null) {
            json.put("counting_since", status.countingSince().toString());
        }
        if (status.trial() != null) {
            trial(json.putObject("shadow"), status.trial());
        }
        if (!status.counts().isEmpty()) {
            ObjectNode counts = json.putObject("counts");
            new TreeMap<>(status.counts()).forEach(counts::put);
        }
        return bytes(json);
    }

    private static void trial(ObjectNode json, RuleStatus.Trial trial) {
        json.put("size", trial.size());
        json.put("would_enter", trial.wouldEnter());
        json.put("would_leave", trial.wouldLeave());
        ObjectNode sample = json.putObject("sample");
        trial.entering().forEach(sample.putArray("would_enter")::add);
        trial.leaving().forEach(sample.putArray("would_leave")::add);
    }

    /** Signals as they stand in an alert's message. */
    public static ArrayNode signals(List<Signal> signals) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Signal signal : signals) {
            ObjectNode json = array.addObject();
            json.put("pattern", signal.pattern());
            json.put("version", signal.version());
            json.put("family", signal.family());
            json.put("level", signal.level().name());
            json.put("at", signal.at().toString());
            evidence(json.putObject("evidence"), signal.evidence());
        }
        return array;
    }

    private static void evidence(ObjectNode json, Signal.Evidence evidence) {
        ArrayNode events = json.putArray("events");
        evidence.events().forEach(events::add);
        ObjectNode values = json.putObject("values");
        evidence.values().forEach(values::put);
        json.put("threshold", evidence.threshold());
        json.put("baseline", evidence.baseline());
    }

    private static byte[] cloudEvent(
            String id, String source, String type, @Nullable String subject, Instant at, JsonNode data) {
        CloudEvent event = CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create(source))
                .withType(type)
                .withSubject(subject)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withData("application/json", bytes(data))
                .build();
        return CLOUD_EVENTS.serialize(event);
    }

    private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an accepted document is not JSON", e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of our own cannot be written", e);
        }
    }
}

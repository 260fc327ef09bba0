package dev.tideline.job.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.SegmentChange;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String USER = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void anAlertSaysWhoHowUrgentAndWhy() throws IOException {
        JsonNode alert = read(Wire.alert(opened()));

        assertThat(alert.path("type").asText()).isEqualTo("tideline.alert.opened");
        assertThat(alert.path("subject").asText()).isEqualTo(USER);
        assertThat(alert.path("time").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(alert.at("/data/alert_id").asText()).isEqualTo(USER + "/1");
        assertThat(alert.at("/data/status").asText()).isEqualTo("open");
        assertThat(alert.at("/data/trigger/0/evidence/values/answered.survey.item9")
                        .asDouble())
                .isEqualTo(2);
        assertThat(alert.at("/data").has("reason")).isFalse();
    }

    @Test
    void alertsMeetTheirSchema() throws IOException {
        Schema schema = schema("alert");

        assertThat(complaints(schema, Wire.alert(opened()))).isEmpty();
        assertThat(complaints(schema, Wire.alert(resolvedByStaff()))).isEmpty();
    }

    @Test
    void theSchemaOfAlertsRefusesWhatIsNotOne() throws IOException {
        ObjectNode alert = (ObjectNode) read(Wire.alert(opened()));
        ((ObjectNode) alert.path("data")).put("level", "GREEN").put("text", "a word too many");

        assertThat(complaints(schema("alert"), MAPPER.writeValueAsBytes(alert))).hasSize(2);
    }

    @Test
    void aSegmentChangeHasEveryFieldEvenWhereThereIsNothingToSay() throws IOException {
        byte[] bytes = Wire.segmentChange(left());
        JsonNode data = read(bytes).path("data");

        assertThat(data.path("cause").isNull()).isTrue();
        assertThat(data.path("expires_at").isNull()).isTrue();
        assertThat(data.path("member_since").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(data.path("sequence").asLong()).isEqualTo(2);
        assertThat(read(bytes).path("source").asText()).isEqualTo("/tideline/segments/looks-at-pricing");
        assertThat(complaints(schema("segment-change"), bytes)).isEmpty();
    }

    @Test
    void ruleStatusMeetsItsSchema() throws IOException {
        String document = "{\"kind\":\"segment\",\"id\":\"a\"}";
        RuleStatus live = new RuleStatus(
                "segment/a",
                RuleStatus.Verdict.LIVE,
                2,
                7,
                null,
                null,
                document,
                "shadow",
                null,
                Map.of("exited", 1L, "entered", 3L),
                new RuleStatus.Progress(40, 100),
                TEN,
                new RuleStatus.Trial(3, 2, 1, List.of("a", "b"), List.of("c")),
                TEN);
        RuleStatus rejected = new RuleStatus(
                "segment/a",
                RuleStatus.Verdict.REJECTED,
                null,
                0,
                "/when",
                "found nothing",
                null,
                null,
                new RuleStatus.Running(2, document),
                Map.of(),
                null,
                null,
                null,
                TEN);
        RuleStatus removed = new RuleStatus(
                "segment/a",
                RuleStatus.Verdict.REMOVED,
                null,
                8,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                TEN);
        RuleStatus backfilling = new RuleStatus(
                "segment/a",
                RuleStatus.Verdict.BACKFILLING,
                2,
                7,
                null,
                null,
                document,
                "live",
                null,
                Map.of(),
                new RuleStatus.Progress(3, 10),
                null,
                null,
                TEN);

        assertThat(complaints(schema("rule-status"), Wire.ruleStatus(live))).isEmpty();
        assertThat(complaints(schema("rule-status"), Wire.ruleStatus(rejected))).isEmpty();
        assertThat(complaints(schema("rule-status"), Wire.ruleStatus(removed))).isEmpty();
        assertThat(complaints(schema("rule-status"), Wire.ruleStatus(backfilling)))
                .isEmpty();
        assertThat(text(Wire.ruleStatus(backfilling))).contains("\"progress\":{\"done\":3,\"of\":10}");
        assertThat(text(Wire.ruleStatus(live)))
                .isEqualTo("{\"rule\":\"segment/a\",\"status\":\"LIVE\",\"version\":2,\"at\":\"2026-03-01T10:00:00Z\","
                        + "\"mode\":\"shadow\",\"document\":{\"kind\":\"segment\",\"id\":\"a\"},"
                        + "\"progress\":{\"done\":40,\"of\":100},\"counting_since\":\"2026-03-01T10:00:00Z\","
                        + "\"shadow\":{\"size\":3,\"would_enter\":2,\"would_leave\":1,"
                        + "\"sample\":{\"would_enter\":[\"a\",\"b\"],\"would_leave\":[\"c\"]}},"
                        + "\"counts\":{\"entered\":3,\"exited\":1}}");
        assertThat(read(Wire.ruleStatus(rejected)).at("/running"))
                .isEqualTo(MAPPER.readTree("{\"version\":2,\"document\":{\"kind\":\"segment\",\"id\":\"a\"}}"));
    }

    @Test
    void theSchemaOfRuleStatusRefusesWhatIsNotOne() throws IOException {
        String status = "{\"rule\":\"segment/a\",\"status\":\"LIVE\",\"version\":1,\"at\":\"2026-03-01T10:00:00Z\","
                + "\"mode\":\"secret\",\"running\":{\"version\":1},\"counts\":{\"entered\":-1}}";

        assertThat(complaints(schema("rule-status"), status.getBytes(StandardCharsets.UTF_8)))
                .hasSize(3);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static AlertMessage opened() {
        return message(AlertMessage.Change.OPENED, AlertMessage.Status.OPEN, List.of(signal()), null, null);
    }

    private static AlertMessage resolvedByStaff() {
        StaffAction action = new StaffAction(
                "0b2a4a0e-6c2f-4b3e-9c3b-111111111111",
                USER,
                USER + "/1",
                StaffAction.Kind.RESOLVE,
                "kim",
                TEN,
                "true_positive",
                null,
                null);
        return message(AlertMessage.Change.RESOLVED, AlertMessage.Status.RESOLVED, List.of(), "staff", action);
    }

    private static AlertMessage message(
            AlertMessage.Change change,
            AlertMessage.Status status,
            List<Signal> trigger,
            @Nullable String reason,
            @Nullable StaffAction action) {
        return new AlertMessage(
                "f00d",
                change,
                USER,
                USER + "/1",
                TEN,
                1,
                Level.CRISIS,
                status,
                TEN,
                TEN.plusSeconds(900),
                List.of(signal()),
                1,
                trigger,
                "Thoughts of death in PHQ-9.",
                reason,
                action);
    }

    private static Signal signal() {
        return new Signal(
                USER,
                "phq9_item9",
                1,
                "Thoughts of death in PHQ-9",
                "survey",
                Level.CRISIS,
                TEN,
                TEN,
                new Signal.Evidence(
                        List.of("0b2a4a0e-6c2f-4b3e-9c3b-000000000001"),
                        Map.of("answered.survey.item9", 2.0),
                        null,
                        null),
                false,
                0);
    }

    private static SegmentChange left() {
        return new SegmentChange(
                "beef",
                USER,
                "looks-at-pricing",
                1,
                false,
                TEN.plusSeconds(60),
                SegmentChange.Reason.EXPIRY,
                null,
                2,
                TEN,
                null);
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemaIdResolvers(
                                ids -> ids.mapPrefix("https://tideline.dev/schema/", "classpath:schema/")))
                .getSchema(SchemaLocation.of("https://tideline.dev/schema/" + name + ".schema.json"));
    }

    private static List<Error> complaints(Schema schema, byte[] json) {
        return schema.validate(
                new String(json, StandardCharsets.UTF_8),
                InputFormat.JSON,
                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode read(byte[] json) throws IOException {
        return MAPPER.readTree(json);
    }
}

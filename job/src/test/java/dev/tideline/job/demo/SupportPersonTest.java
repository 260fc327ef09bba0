package dev.tideline.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.demo.SupportPerson.Plan;
import dev.tideline.job.ingest.Channel;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.Received;
import dev.tideline.patterns.fact.StaffAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How the made-up support person cares for alerts. */
final class SupportPersonTest {
    private static final Instant OPENED = Instant.parse("2026-11-01T10:00:00Z");
    private static final String ALERT = "7d444840-9dc0-11d1-b245-5ffdce74fad2/1";

    @Test
    void aCrisisIsLookedAtWithinAQuarterOfAnHour() {
        Plan plan = planFor(told("opened", "CRISIS", "open"));
        assertThat(plan.action()).isEqualTo("acknowledge");
        assertThat(plan.at()).isBetween(OPENED, OPENED.plus(Duration.ofMinutes(15)));
    }

    @Test
    void whatIsAcknowledgedIsResolvedDaysLater() {
        Plan plan = planFor(told("acknowledged", "AMBER", "acknowledged"));
        assertThat(plan.action()).isEqualTo("resolve");
        assertThat(plan.at()).isAfter(OPENED.plus(Duration.ofDays(1)));
    }

    @Test
    void anotherSignalBeforeAnyoneLookedChangesNoPlan() {
        assertThat(SupportPerson.planFor(told("updated", "AMBER", "open"))).isNull();
    }

    @Test
    void theSameMessageAlwaysGetsTheSameCare() {
        News news = told("opened", "RED", "open");
        assertThat(SupportPerson.planFor(news)).isEqualTo(SupportPerson.planFor(news));
    }

    @Test
    void itsActionsAreWhatTheJobAccepts() {
        Plan plan = planFor(told("acknowledged", "RED", "acknowledged"));
        byte[] action = SupportPerson.action(ALERT, plan).getBytes(StandardCharsets.UTF_8);
        StaffAction read = Objects.requireNonNull(new Decoder(DecoderSettings.DEFAULT)
                .decode(Channel.ACTIONS, new Received("alert-actions", 0, 0, null, action, 0, OPENED))
                .action());
        assertThat(read.kind()).isEqualTo(StaffAction.Kind.RESOLVE);
        assertThat(read.at()).isEqualTo(plan.at());
        assertThat(read.outcome()).isIn("true_positive", "false_positive", "unclear");
    }

    private static Plan planFor(News news) {
        return Objects.requireNonNull(SupportPerson.planFor(news));
    }

    private static News told(String what, String level, String status) {
        return News.read("""
                {"id":"m-1","type":"tideline.alert.%s","subject":"7d444840-9dc0-11d1-b245-5ffdce74fad2",\
                "time":"%s","data":{"alert_id":"%s","level":"%s","status":"%s"}}""".formatted(what, OPENED, ALERT, level, status).getBytes(StandardCharsets.UTF_8));
    }
}

package dev.tideline.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.rules.RuleStatus.Running;
import dev.tideline.job.rules.RuleStatus.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the database hears of a segment's definition. */
final class RuleRowsTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String DOCUMENT = "{\"kind\":\"segment\",\"id\":\"a\",\"version\":2,\"name\":\"A\"}";
    private static final Running FIRST = new Running(1, DOCUMENT);

    @Test
    void keepsWhatIsAcceptedAndMarksWhatIsRemoved() {
        assertThat(tables(Verdict.ACCEPTED, null)).containsExactly(Table.SEGMENT_DEFINITIONS);
        assertThat(tables(Verdict.REMOVED, null)).containsExactly(Table.SEGMENT_REMOVALS);
    }

    @Test
    void whatWaitsIsInForceOnlyIfAnOlderVersionRuns() {
        assertThat(tables(Verdict.WAITING, null)).containsExactly(Table.SEGMENT_REMOVALS);
        assertThat(tables(Verdict.WAITING, FIRST)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE", "REJECTED"})
    void otherWordsChangeNothing(Verdict verdict) {
        assertThat(tables(verdict, FIRST)).isEmpty();
    }

    private static List<Table> tables(Verdict verdict, @Nullable Running running) {
        List<StoreRow> rows = new ArrayList<>();
        RuleStatus status = new RuleStatus(
                "segment/a", verdict, 2, 1, null, null, DOCUMENT, "live", running, Map.of(), null, null, null, AT);
        new RuleRows().flatMap(status, new ListCollector<>(rows));
        return rows.stream().map(StoreRow::table).toList();
    }
}

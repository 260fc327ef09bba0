package dev.tideline.patterns.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnglishTest {
    private static final Map<String, String> SAID =
            Catalogue.read().rules().stream().collect(Collectors.toMap(Rule::id, English::explain));

    @Test
    void aSegmentSaysWhoIsInAndWhatIsKept() {
        assertThat(SAID.get("looks-at-pricing"))
                .isEqualTo(
                        "Segment looks-at-pricing, version 1 (Looks at the prices, has never tried). A user is a member"
                                + " while (there were at least 3 page_view with `context.path == \"/pricing\"` in the last 7 days and"
                                + " it is not so that there was at least one trial_started ever). Kept per user: how often"
                                + " trial_started counted, up to 1; the newest 3 times of page_view.");
    }

    @Test
    void aPatternSaysWhatHasToHappenAndHowLongItStaysQuiet() {
        assertThat(SAID.get("mood_falling_sessions"))
                .startsWith(
                        "Pattern mood_falling_sessions, version 1 (Mood falling over three sessions running). A mood"
                                + " signal at AMBER when, within 14 days, session (first) with `session.mood_logs > 0`, right after"
                                + " it session (second) with")
                .contains("After a signal it stays quiet for 7 days.");
    }

    @Test
    void aPolicySaysHowSignalsJoin() {
        assertThat(SAID.get("default"))
                .contains("Signals of 2 different families at AMBER or above within 14 days make the alert RED.")
                .contains("CRISIS is due within 15 minutes. RED is due within 1 day. AMBER is due within 2 days.");
    }
}

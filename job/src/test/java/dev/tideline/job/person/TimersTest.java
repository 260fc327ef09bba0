package dev.tideline.job.person;

import static dev.tideline.job.person.PersonStory.at;
import static dev.tideline.job.person.PersonStory.event;
import static dev.tideline.job.person.PersonStory.visit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.Arrival;
import dev.tideline.patterns.fact.SegmentChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user has a timer for what comes next, and while that is an arrival one more, for what time alone does. */
class TimersTest {
    private static final String RULES = """
            kind: segment
            id: visitors
            version: 1
            name: A visit in a day
            when: { performed: page_view, within: 1d }
            """;

    private PersonStory story;

    @BeforeEach
    void begin() throws Exception {
        story = new PersonStory(RULES).begin();
        story.comes(visit("v1", "01T00:00:00")).timeIs(at("01T00:00:00"));
    }

    @AfterEach
    void end() throws Exception {
        story.close();
    }

    @Test
    void anExpiryKeepsItsTimerWhileArrivalsComeAndGo() throws Exception {
        assertThat(story.timers()).isEqualTo(1);

        story.comes(other("o1", "01T02:00:00"), other("o2", "01T01:00:00"), other("o3", "01T03:00:00"));
        assertThat(story.timers()).isEqualTo(2);

        story.timeIs(at("01T02:30:00"));
        assertThat(story.timers()).isEqualTo(2);

        story.timeIs(at("01T03:00:00"));
        assertThat(story.timers()).isEqualTo(1);

        story.timeIs(at("02T00:00:00"));
        assertThat(story.timers()).isZero();
        assertThat(story.changes()).extracting(SegmentChange::at).containsExactly(at("01T00:00:00"), at("02T00:00:00"));
    }

    @Test
    void anExpiryThatMovesTakesItsTimerAlong() throws Exception {
        story.comes(visit("v2", "01T05:00:00"));
        assertThat(story.timers()).isEqualTo(2);

        story.timeIs(at("01T05:00:00"));
        assertThat(story.timers()).isEqualTo(1);

        story.timeIs(at("02T05:00:00"));
        assertThat(story.timers()).isZero();
        assertThat(story.changes()).extracting(SegmentChange::at).containsExactly(at("01T00:00:00"), at("02T05:00:00"));
    }

    private static Arrival other(String id, String time) {
        return event(id, PersonStory.USER, "message_sent", time, null);
    }
}

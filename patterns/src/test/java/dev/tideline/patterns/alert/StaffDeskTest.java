package dev.tideline.patterns.alert;

import static dev.tideline.patterns.alert.Scene.at;
import static dev.tideline.patterns.alert.Scene.feedback;
import static dev.tideline.patterns.alert.Scene.mood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.AlertMessage.Change;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.StaffAction;
import dev.tideline.patterns.fact.StaffAction.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaffDeskTest {
    private static final StaffRoutine USUAL =
            new StaffRoutine(Duration.ofHours(1).toMillis(), Duration.ofDays(7).toMillis());
    private final Scene scene = new Scene();

    @Test
    void acknowledgedAlertsAreNotOverdue() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        assertThat(scene.staff(Kind.ACKNOWLEDGE, at(1, 0)).kind()).isEqualTo(ActionOutcome.Kind.APPLIED);

        assertThat(scene.advance(at(5, 0))).isEmpty();
        assertThat(scene.last().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(scene.last().at()).isEqualTo(at(1, 0));
        assertThat(scene.last().trigger()).isEmpty();
        assertThat(scene.last().action()).isNotNull();
    }

    @Test
    void aRepeatedActionDoesNothing() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        StaffAction note =
                new StaffAction("a", Scene.USER, Scene.USER + "/1", Kind.NOTE, "sam", at(0, 1), null, null, "sealed");

        assertThat(scene.staff(note).kind()).isEqualTo(ActionOutcome.Kind.APPLIED);
        assertThat(scene.staff(note).kind()).isEqualTo(ActionOutcome.Kind.IGNORED);
        assertThat(scene.story()).containsExactly("OPENED AMBER", "UPDATED AMBER");
        assertThat(scene.last().status()).as("a note changes nothing").isEqualTo(Status.OPEN);
    }

    @Test
    void whatIsSoAlreadyIsIgnored() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        assertThat(scene.staff(Kind.REOPEN, at(0, 1)).kind()).isEqualTo(ActionOutcome.Kind.IGNORED);
        scene.staff(Kind.ACKNOWLEDGE, at(0, 1));
        assertThat(scene.staff(Kind.ACKNOWLEDGE, at(0, 2)).kind()).isEqualTo(ActionOutcome.Kind.IGNORED);
        scene.staff(Kind.RESOLVE, at(0, 3));
        assertThat(scene.staff(Kind.RESOLVE, at(0, 4)).kind()).isEqualTo(ActionOutcome.Kind.IGNORED);
        assertThat(scene.told).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "somebody-else/1", Scene.USER, Scene.USER + "/", Scene.USER + "/2", Scene.USER + "/0"})
    void anUnknownAlertIsRefused(String id) {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));

        ActionOutcome outcome = scene.staff(Kind.ACKNOWLEDGE, id, at(0, 1), null);

        assertThat(outcome.kind()).isEqualTo(ActionOutcome.Kind.REFUSED);
        assertThat(outcome.refusal()).isEqualTo("there is no alert of this id");
    }

    @Test
    void acknowledgingWhatIsResolvedIsRefused() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.RESOLVE, at(0, 1));

        assertThat(scene.staff(Kind.ACKNOWLEDGE, at(0, 2)).refusal())
                .isEqualTo("the alert is resolved; reopen it first");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ACKNOWLEDGE", "RESOLVE"})
    void whoActedBeforeTheAlertRoseHasNotSeenIt(Kind kind) {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.inOrder(mood(Level.RED, at(1, 0)));

        assertThat(scene.staff(kind, at(0, 23)).kind()).isEqualTo(ActionOutcome.Kind.REFUSED);
        assertThat(scene.state.openLevel()).isEqualTo(Level.RED);
        assertThat(scene.advance(at(3, 0))).extracting(AlertMessage::change).containsExactly(Change.OVERDUE);
    }

    @Test
    void aReopenedAlertIsDueAnewAndKeepsItsLevel() {
        scene.inOrder(mood(Level.RED, at(0, 0)));
        scene.staff(Kind.RESOLVE, at(0, 1));
        scene.staff(Kind.REOPEN, at(20, 0));

        assertThat(scene.last().change()).isEqualTo(Change.REOPENED);
        assertThat(scene.last().status()).isEqualTo(Status.OPEN);
        assertThat(scene.last().level()).isEqualTo(Level.RED);
        assertThat(scene.last().dueAt()).isEqualTo(at(21, 0));
        scene.staff(Kind.ACKNOWLEDGE, at(20, 1));
        assertThat(scene.advance(at(33, 23)))
                .as("quiet counts from the reopening")
                .isEmpty();
        assertThat(scene.advance(at(34, 0))).extracting(AlertMessage::reason).containsExactly("quiet");
    }

    @Test
    void anAlertThatAnotherFollowedCannotBeReopened() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.RESOLVE, at(0, 1));
        scene.inOrder(mood(Level.AMBER, at(1, 0)));

        assertThat(scene.staff(Kind.REOPEN, Scene.USER + "/1", at(1, 1), null).kind())
                .isEqualTo(ActionOutcome.Kind.REFUSED);
        assertThat(scene.staff(Kind.RESOLVE, Scene.USER + "/1", at(1, 1), null).kind())
                .isEqualTo(ActionOutcome.Kind.IGNORED);
    }

    @Test
    void aFalsePositiveDoesNotWeighOnTheNextAlertButATrueOneDoes() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.RESOLVE, Scene.USER + "/1", at(0, 1), "false_positive");
        scene.inOrder(feedback(at(1, 0)));
        assertThat(scene.last().level()).isEqualTo(Level.AMBER);

        scene.staff(Kind.RESOLVE, Scene.USER + "/2", at(1, 1), "true_positive");
        scene.inOrder(mood(Level.AMBER, at(2, 0)));
        assertThat(scene.last().change()).isEqualTo(Change.OPENED);
        assertThat(scene.last().level()).isEqualTo(Level.RED);
    }

    @Test
    void theRoutineAcknowledgesAfterAnHourAndResolvesAWeekAfterTheLastSignal() {
        Scene replay = new Scene(new AlertDesk(null, USUAL));
        replay.inOrder(mood(Level.AMBER, at(0, 0)));
        replay.inOrder(mood(Level.RED, at(1, 0)));
        replay.advance(at(30, 0));

        assertThat(replay.story())
                .containsExactly(
                        "OPENED AMBER", "ACKNOWLEDGED AMBER", "ESCALATED RED", "ACKNOWLEDGED RED", "RESOLVED RED");
        assertThat(replay.told)
                .extracting(AlertMessage::at)
                .containsExactly(at(0, 0), at(0, 1), at(1, 0), at(1, 1), at(8, 0));
        assertThat(replay.last().reason()).isEqualTo("staff");
    }

    @Test
    void theRoutineIsTooSlowForACrisis() {
        Scene replay = new Scene(new AlertDesk(null, USUAL));
        replay.inOrder(Scene.signal("crisis_intent_text", "text", Level.CRISIS, at(0, 0)));
        replay.advance(at(0, 2));

        assertThat(replay.story()).containsExactly("OPENED CRISIS", "OVERDUE CRISIS", "ACKNOWLEDGED CRISIS");
    }

    @Test
    void idsComeFromTheCauseAndNotFromACounter() {
        Scene twin = new Scene();
        twin.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.NOTE, at(0, 1));
        Instant later = at(2, 0);
        scene.inOrder(mood(Level.RED, later));
        twin.inOrder(mood(Level.RED, later));

        assertThat(scene.last().revision()).isNotEqualTo(twin.last().revision());
        assertThat(scene.last().id()).isEqualTo(twin.last().id()).hasSize(32);
    }
}

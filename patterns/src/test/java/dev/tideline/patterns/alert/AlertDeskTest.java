package dev.tideline.patterns.alert;

import static dev.tideline.patterns.alert.Scene.arriving;
import static dev.tideline.patterns.alert.Scene.at;
import static dev.tideline.patterns.alert.Scene.feedback;
import static dev.tideline.patterns.alert.Scene.mood;
import static dev.tideline.patterns.alert.Scene.signal;
import static dev.tideline.patterns.alert.Scene.supporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.patterns.fact.AlertMessage;
import dev.tideline.patterns.fact.AlertMessage.Status;
import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Signal;
import dev.tideline.patterns.fact.StaffAction.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertDeskTest {
    private final Scene scene = new Scene();

    @Test
    void theFirstSignalOpensAnAlertThatIsDueInTwoWorkingDays() {
        scene.inOrder(mood(Level.AMBER, at(0, 9)));

        AlertMessage opened = scene.last();
        assertThat(opened.change()).isEqualTo(AlertMessage.Change.OPENED);
        assertThat(opened.alertId()).isEqualTo(Scene.USER + "/1");
        assertThat(opened.at()).isEqualTo(at(0, 9));
        assertThat(opened.openedAt()).isEqualTo(at(0, 9));
        assertThat(opened.dueAt()).isEqualTo(at(2, 9));
        assertThat(opened.status()).isEqualTo(Status.OPEN);
        assertThat(opened.revision()).isEqualTo(1);
        assertThat(opened.trigger()).containsExactly(mood(Level.AMBER, at(0, 9)));
        assertThat(opened.signalsTotal()).isEqualTo(1);
        assertThat(scene.state.openLevel()).isEqualTo(Level.AMBER);
    }

    @Test
    void itIsDueFromArrivalWhereTheSignalCameLate() {
        scene.arrives(arriving(mood(Level.RED, at(0, 0)), at(3, 0)));

        assertThat(scene.last().dueAt()).isEqualTo(at(4, 0));
        assertThat(scene.last().openedAt()).isEqualTo(at(0, 0));
    }

    @Test
    void aCooldownHoldsBackItsEqualsButNeverAHigherLevel() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        assertThat(scene.inOrder(mood(Level.AMBER, at(1, 0)))).isEmpty();
        scene.inOrder(mood(Level.RED, at(1, 12)));
        scene.staff(Kind.ACKNOWLEDGE, at(1, 13));
        assertThat(scene.inOrder(mood(Level.RED, at(2, 11)))).isEmpty();
        scene.inOrder(mood(Level.RED, at(2, 12)));
        assertThat(scene.inOrder(mood(Level.AMBER, at(3, 0)))).isEmpty();

        assertThat(scene.story()).containsExactly("OPENED AMBER", "ESCALATED RED", "ACKNOWLEDGED RED", "UPDATED RED");
    }

    @Test
    void twoFamiliesAtAmberWithinAFortnightMakeRedEvenWhereOneIsHeldBack() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.ACKNOWLEDGE, at(0, 1));
        scene.inOrder(feedback(at(13, 23)));

        assertThat(scene.story()).endsWith("ESCALATED RED");
        assertThat(scene.last().trigger()).extracting(Signal::family).containsExactly("feedback", "mood");
        assertThat(scene.last().status()).as("it has to be acknowledged anew").isEqualTo(Status.OPEN);
        assertThat(scene.last().dueAt()).isEqualTo(at(14, 23));
    }

    @Test
    void aFortnightApartTheyDoNot() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.inOrder(feedback(at(14, 0)));

        assertThat(scene.told).extracting(AlertMessage::level).containsOnly(Level.AMBER);
    }

    @Test
    void aMatchInCooldownStillCountsForThePolicy() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        assertThat(scene.inOrder(mood(Level.AMBER, at(6, 0)))).as("held back").isEmpty();
        scene.inOrder(feedback(at(19, 0)));

        assertThat(scene.last().level()).isEqualTo(Level.RED);
    }

    @Test
    void redWithWithdrawalNeedsAPersonAtOnce() {
        scene.inOrder(mood(Level.RED, at(0, 0)));
        scene.inOrder(signal("withdrawal", "engagement", Level.AMBER, at(1, 0)));

        assertThat(scene.last().level()).isEqualTo(Level.CRISIS);
        assertThat(scene.last().dueAt()).isEqualTo(at(1, 0).plusSeconds(900));
    }

    @Test
    void theMoodFloorAloneIsNotACrisis() {
        scene.inOrder(signal("mood_floor", "mood", Level.RED, at(0, 0)));
        scene.inOrder(signal("mood_floor", "mood", Level.RED, at(2, 0)));
        assertThat(scene.last().level()).isEqualTo(Level.RED);

        scene.inOrder(mood(Level.RED, at(3, 0)));
        assertThat(scene.last().level()).isEqualTo(Level.CRISIS);
    }

    @Test
    void theLevelNeverFallsWhileTheAlertIsOpen() {
        scene.inOrder(signal("crisis_intent_text", "text", Level.CRISIS, at(0, 0)));
        scene.inOrder(mood(Level.AMBER, at(0, 1)));

        assertThat(scene.last().change()).isEqualTo(AlertMessage.Change.UPDATED);
        assertThat(scene.last().level()).isEqualTo(Level.CRISIS);
        assertThat(scene.state.lastSignalLevel()).isEqualTo(Level.AMBER);
    }

    @Test
    void overdueIsToldOnceAtItsInstantAndAgainOnlyWhenTheAlertRose() {
        scene.inOrder(mood(Level.AMBER, at(0, 9)));
        assertThat(scene.desk.nextDue(scene.state)).hasValue(at(2, 9).toEpochMilli());
        assertThat(scene.advance(at(2, 9).minusMillis(1))).isEmpty();
        assertThat(scene.advance(at(5, 0))).singleElement().satisfies(overdue -> {
            assertThat(overdue.change()).isEqualTo(AlertMessage.Change.OVERDUE);
            assertThat(overdue.at()).isEqualTo(at(2, 9));
        });
        scene.inOrder(mood(Level.RED, at(5, 0)));
        scene.advance(at(7, 0));

        assertThat(scene.story()).containsExactly("OPENED AMBER", "OVERDUE AMBER", "ESCALATED RED", "OVERDUE RED");
    }

    @Test
    void fourteenDaysWithoutAnyMatchResolveAmber() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.ACKNOWLEDGE, at(0, 1));
        scene.inOrder(mood(Level.AMBER, at(5, 0)));

        assertThat(scene.advance(at(19, 0).minusMillis(1)))
                .as("the match held back on day 5 counts")
                .isEmpty();
        scene.advance(at(19, 0));
        assertThat(scene.last().change()).isEqualTo(AlertMessage.Change.RESOLVED);
        assertThat(scene.last().reason()).isEqualTo("quiet");
        assertThat(scene.last().at()).isEqualTo(at(19, 0));
        assertThat(scene.state.openLevel()).isNull();
        assertThat(scene.desk.nextDue(scene.state)).isEmpty();
    }

    @Test
    void redFallsQuietOnlyOnceSomebodyAcknowledgedIt() {
        scene.inOrder(mood(Level.RED, at(0, 0)));
        scene.advance(at(20, 0));
        assertThat(scene.story()).containsExactly("OPENED RED", "OVERDUE RED");

        scene.staff(Kind.ACKNOWLEDGE, at(20, 0));
        scene.advance(at(20, 1));
        assertThat(scene.story()).endsWith("ACKNOWLEDGED RED", "RESOLVED RED");
        assertThat(scene.last().at()).isEqualTo(at(20, 0));
    }

    @Test
    void aCrisisIsResolvedByAPersonOnly() {
        scene.inOrder(signal("crisis_intent_text", "text", Level.CRISIS, at(0, 0)));
        scene.staff(Kind.ACKNOWLEDGE, at(0, 0));
        scene.advance(at(400, 0));
        assertThat(scene.state.openLevel()).isEqualTo(Level.CRISIS);

        scene.staff(Kind.RESOLVE, at(400, 0));
        assertThat(scene.state.openLevel()).isNull();
    }

    @Test
    void aResolvedAlertEndsItsCooldowns() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.staff(Kind.RESOLVE, at(0, 2));
        scene.inOrder(mood(Level.AMBER, at(1, 0)));

        assertThat(scene.last().alertId()).isEqualTo(Scene.USER + "/2");
        assertThat(scene.last().change()).isEqualTo(AlertMessage.Change.OPENED);
    }

    @Test
    void aSupportingPatternJoinsButNeverOpens() {
        assertThat(scene.inOrder(supporting(at(0, 0)))).isEmpty();
        scene.inOrder(mood(Level.AMBER, at(1, 0)));
        scene.inOrder(supporting(at(2, 0)));

        assertThat(scene.story()).containsExactly("OPENED AMBER", "UPDATED AMBER");
    }

    @Test
    void aLateSignalJoinsTheOpenAlertAndNeverMovesItsBeginning() {
        scene.inOrder(mood(Level.AMBER, at(10, 0)));
        scene.arrives(arriving(signal("phq9_item9", "survey", Level.RED, at(8, 0)), at(10, 1)));

        assertThat(scene.last().openedAt()).isEqualTo(at(10, 0));
        assertThat(scene.last().at()).isEqualTo(at(8, 0));
        assertThat(scene.last().change()).isEqualTo(AlertMessage.Change.ESCALATED);
    }

    @Test
    void anAlertThatALateSignalOpenedIsNotQuietAtOnce() {
        scene.advance(at(30, 0));
        scene.arrives(arriving(mood(Level.AMBER, at(2, 0)), at(30, 0)));

        assertThat(scene.advance(at(31, 0))).isEmpty();
        assertThat(scene.state.openLevel()).isEqualTo(Level.AMBER);
    }

    @Test
    void theSameMatchAgainTellsNothingButAHigherJudgementOfItDoes() {
        Signal first = signal("phq9_item9", "survey", Level.RED, at(0, 0));
        scene.arrives(first);
        assertThat(scene.inOrder(first)).isEmpty();
        scene.inOrder(signal("phq9_item9", "survey", Level.CRISIS, at(0, 0)));

        assertThat(scene.story()).containsExactly("OPENED RED", "ESCALATED CRISIS");
        assertThat(scene.told).extracting(AlertMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheOpenerTheHighestAndTheNewestOfManySignals() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.inOrder(signal("crisis_intent_text", "text", Level.CRISIS, at(0, 1)));
        for (int minute = 1; minute <= 100; minute++) {
            scene.inOrder(signal("crisis_intent_text", "text", Level.CRISIS, at(0, 1).plusSeconds(60L * minute)));
        }

        List<Signal> kept = scene.last().signals();
        assertThat(kept).hasSize(50).startsWith(mood(Level.AMBER, at(0, 0)));
        assertThat(kept.get(1).at()).isEqualTo(at(0, 1));
        assertThat(kept.get(49).at()).isEqualTo(at(0, 1).plusSeconds(6000));
        assertThat(scene.last().signalsTotal()).isEqualTo(102);
        assertThat(scene.state.toBytes().length).isLessThan(20_000);
    }

    @Test
    void withdrawnConsentClosesTheAlertAndForgetsTheMatches() {
        scene.inOrder(mood(Level.AMBER, at(0, 0)));
        scene.keep(scene.desk.close(scene.state, at(1, 0), "consent"));
        assertThat(scene.last().reason()).isEqualTo("consent");
        assertThat(scene.last().status()).isEqualTo(Status.RESOLVED);

        scene.inOrder(feedback(at(2, 0)));
        assertThat(scene.last().level()).isEqualTo(Level.AMBER);
        assertThat(scene.last().alertId()).isEqualTo(Scene.USER + "/2");
    }

    @Test
    void theSummaryIsOneSentenceOfNamesAndNumbers() {
        scene.inOrder(mood(Level.RED, at(0, 0)));
        scene.inOrder(feedback(at(3, 0)));

        assertThat(scene.last().summary())
                .isEqualTo(
                        "Pattern mood_ewma_decline (value 0.13; threshold 0.2); with pattern negative_feedback in the"
                                + " same fortnight.");
    }
}

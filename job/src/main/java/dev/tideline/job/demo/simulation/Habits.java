package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one person uses the platform: what they do in a session, how often, and how they sound. For one thread. */
final class Habits {
    /** When sessions begin, by the person's own clock; each up to an hour and a half later. */
    static final List<LocalTime> HOURS =
            List.of(LocalTime.of(7, 45), LocalTime.of(12, 0), LocalTime.of(16, 15), LocalTime.of(20, 10));

    private static final List<String> PAGES = List.of(
            "/dashboard",
            "/reports",
            "/reports/weekly",
            "/journal",
            "/community",
            "/library",
            "/coaching",
            "/settings");
    private static final int CONSIDERING_DAYS = 9;
    private static final int TRIAL_DAYS = 10;

    private final Figure figure;
    private final Chance chance;
    private final MoodCourse mood;
    private final Check check;
    private final int onset;
    private final int consideringFrom;
    private final int trialOn;
    private final boolean lovesReports;
    private boolean tried;
    private boolean upgraded;
    private boolean patchDue;

    Habits(Figure figure, Chance chance) {
        this.figure = figure;
        this.chance = chance;
        this.onset = figure.persona().onset(chance);
        this.mood = new MoodCourse(figure.persona(), onset, chance.holds(0.75), chance);
        this.check = new Check(figure.persona(), chance);
        this.consideringFrom = chance.whole(0, 45);
        this.trialOn = consideringFrom + chance.whole(3, 8);
        this.lovesReports = figure.persona() == Persona.THRIVING || chance.holds(0.25);
    }

    void wakeUp(int day) {
        mood.wakeUp(day);
    }

    /** One visit. */
    void use(Session session, int day) {
        mood.sitDown(day);
        session.add("session_start").put("location", "web").putObject("device").put("kind", figure.device());
        session.add("page_view").put("path", "/dashboard");
        if (check.isDue(day)) {
            check.answer(session, day, mood);
        }
        logMood(session, day);
        browse(session, day);
        report(session);
        write(session, day);
        judge(session, day);
        interact(session);
        decide(session, day);
    }

    /** The profile's change since the last call, if there is one. */
    @Nullable
    ObjectNode profilePatch(Instant at) {
        if (!patchDue) {
            return null;
        }
        patchDue = false;
        ObjectNode patch = Json.object();
        patch.put("user_id", figure.id());
        patch.put("updated_at", at.toString());
        patch.put("account_type", "paid");
        return patch;
    }

    private void logMood(Session session, int day) {
        double willingness = figure.persona() == Persona.DRIFTING ? 0.2 : 0.45;
        if (!mood.isWatched(day) && !chance.holds(willingness)) {
            return;
        }
        double level = mood.logged(day);
        ObjectNode context = session.add("emotion_logged");
        context.put("mood", level).put("emotion", emotion(level));
        if (chance.holds(0.3)) {
            context.put("note", chance.pick(voice(day).texts()));
        }
    }

    private static String emotion(double level) {
        return level <= 3 ? "low" : level <= 5 ? "tense" : level <= 7 ? "calm" : "joyful";
    }

    private void browse(Session session, int day) {
        for (int left = chance.whole(1, 3); left > 0; left--) {
            session.add("page_view").put("path", chance.pick(PAGES));
        }
        boolean considering = !figure.paid() && day >= consideringFrom && day < consideringFrom + CONSIDERING_DAYS;
        if (chance.holds(considering && !tried ? 0.75 : 0.02)) {
            session.add("page_view").put("path", "/pricing");
        }
        if (isAngry(day) && chance.holds(0.2)) {
            session.add("page_view").put("path", "/account/cancel");
        }
    }

    private void report(Session session) {
        if (chance.holds(lovesReports ? 0.5 : 0.08)) {
            session.add("report_generated").put("report", "weekly").put("pages", chance.whole(2, 14));
        }
    }

    private void write(Session session, int day) {
        if (chance.holds(mood.level(day) < 4 ? 0.35 : 0.15)) {
            session.add("message_sent")
                    .put("text", chance.pick(voice(day).texts()))
                    .put("channel", chance.holds(0.7) ? "community" : "coach")
                    .put("recipient_kind", chance.holds(0.7) ? "group" : "person");
        }
    }

    private void judge(Session session, int day) {
        if (!chance.holds(isAngry(day) ? 0.3 : 0.05)) {
            return;
        }
        boolean annoyed = isAngry(day) || chance.holds(0.04);
        Voice voice = annoyed ? Voice.COMPLAINT : chance.holds(0.8) ? Voice.PRAISE : Voice.PLAIN;
        int rating = annoyed ? chance.whole(1, 2) : voice == Voice.PRAISE ? chance.whole(4, 5) : 3;
        session.add("feedback_given")
                .put("feedback_type", "rating")
                .put("rating", rating)
                .put("text", chance.pick(voice.texts()));
    }

    private void interact(Session session) {
        if (chance.holds(0.2)) {
            String kind = chance.pick(List.of("view", "view", "view", "like", "like", "share", "complete"));
            session.add("content_interaction").put("content_id", chance.uuid()).put("interaction_type", kind);
        }
    }

    /** A thriving free user tries the paid plan, and buys it. */
    private void decide(Session session, int day) {
        if (figure.paid() || figure.persona() != Persona.THRIVING) {
            return;
        }
        if (!tried && day >= trialOn) {
            tried = true;
            session.add("trial_started").put("plan", "team");
        } else if (tried && !upgraded && day >= trialOn + TRIAL_DAYS) {
            upgraded = true;
            patchDue = true;
            session.add("upgraded").put("plan", "team");
        }
    }

    private boolean isAngry(int day) {
        return figure.persona() == Persona.ANGRY && day >= onset;
    }

    private Voice voice(int day) {
        if (figure.persona() == Persona.IN_CRISIS) {
            return chance.holds(0.25) ? Voice.CRISIS : chance.holds(0.85) ? Voice.WEARY : Voice.PLAIN;
        }
        if (isAngry(day) && chance.holds(0.4)) {
            return Voice.COMPLAINT;
        }
        double level = mood.level(day);
        if (level < 4.5) {
            return chance.holds(0.75) ? Voice.WEARY : Voice.PLAIN;
        }
        return chance.holds(0.04) ? Voice.WEARY : chance.holds(level > 7 ? 0.6 : 0.3) ? Voice.CHEERFUL : Voice.PLAIN;
    }
}

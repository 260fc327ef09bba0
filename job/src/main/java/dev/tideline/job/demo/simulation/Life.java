package dev.tideline.job.demo.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.job.ingest.Channel;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * One person's records over the weeks, planned a day at a time: at most one day of them is held, and what is late. For one
 * thread.
 */
final class Life {
    private static final double LATE = 0.01;
    private static final double TWICE = 0.005;

    private record Planned(Emission emission, long number) {}

    private final int index;
    private final Figure figure;
    private final Chance chance;
    private final Wishes wishes;
    private final Habits habits;
    private final LocalDate firstDay;
    private final PriorityQueue<Planned> planned = new PriorityQueue<>(
            Comparator.comparing((Planned each) -> each.emission().at()).thenComparing(Planned::number));
    private long numbers;
    private int day;
    private boolean erased;

    Life(int index, Instant start, Chance chance) {
        this.index = index;
        this.chance = chance;
        this.figure = Figure.of(index, start, chance);
        this.wishes = Wishes.of(index, chance);
        this.habits = new Habits(figure, chance);
        this.firstDay = figure.from().atOffset(figure.zone()).toLocalDate();
        plan(Channel.PROFILES, figure.from(), figure.profile());
        plan(Channel.PRIVACY, figure.from(), Json.consent(figure.id(), figure.from(), true, true, true));
        planAhead();
    }

    int index() {
        return index;
    }

    /** When the next record is written. */
    Instant next() {
        Planned head = planned.peek();
        if (head == null) {
            throw new IllegalStateException("nothing is planned any more");
        }
        return head.emission().at();
    }

    /** Whether there is a next record; those who were forgotten have none. */
    boolean goesOn() {
        return !planned.isEmpty();
    }

    Emission emit() {
        Planned head = planned.remove();
        planAhead();
        return head.emission();
    }

    private void planAhead() {
        while (!erased && (planned.isEmpty() || !next().isBefore(at(day, LocalTime.MIDNIGHT)))) {
            planDay();
            day++;
        }
    }

    private void planDay() {
        if (day == wishes.erasedOn()) {
            Instant at = at(day, LocalTime.of(15, 30));
            plan(Channel.PRIVACY, at, Json.erasure(figure.id(), at));
            erased = true;
            return;
        }
        if (day == wishes.withdrawnOn()) {
            Instant at = at(day, LocalTime.of(7, 15));
            plan(Channel.PRIVACY, at, wishes.withdrawal(figure.id(), at));
        }
        LocalDate date = firstDay.plusDays(day);
        boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
        habits.wakeUp(day);
        if (day == 0) {
            planSession(figure.from().plus(Duration.ofMinutes(chance.whole(10, 50))));
        } else if (chance.holds(figure.persona().presence(day, weekend))) {
            planSessions();
        }
    }

    private void planSessions() {
        double average = figure.persona().sessionsPerDay();
        double skipped = 1 - average / Habits.HOURS.size();
        boolean came = false;
        for (int slot = 0; slot < Habits.HOURS.size(); slot++) {
            boolean last = slot == Habits.HOURS.size() - 1;
            if (!chance.holds(skipped) || (last && !came)) {
                planSession(at(day, Habits.HOURS.get(slot)).plusMillis(chance.whole(0, 90 * 60_000)));
                came = true;
            }
        }
    }

    private void planSession(Instant start) {
        Session session = new Session(start, chance);
        habits.use(session, day);
        session.events().forEach(this::planEvent);
        ObjectNode patch = habits.profilePatch(start);
        if (patch != null) {
            plan(Channel.PROFILES, start, patch.toString());
        }
    }

    private void planEvent(Session.Happening happening) {
        Instant written = happening.at();
        if (chance.holds(LATE)) {
            written = written.plusMillis(
                    chance.holds(0.5) ? chance.whole(1_000, 8_000) : chance.whole(60_000, 6 * 3_600_000));
        }
        String value = happening.json(figure.id(), chance.uuid());
        plan(Channel.EVENTS, written, value);
        if (chance.holds(TWICE)) {
            plan(Channel.EVENTS, written.plusMillis(chance.whole(200, 60_000)), value);
        }
    }

    private void plan(Channel channel, Instant at, String value) {
        planned.add(new Planned(new Emission(at, channel, figure.id(), value), numbers++));
    }

    private Instant at(int dayNumber, LocalTime time) {
        return firstDay.plusDays(dayNumber).atTime(time).toInstant(figure.zone());
    }

    /**
     * What a person wants of us besides: few want anything.
     *
     * @param withdrawnOn the day on which a consent is taken back; -1 = never
     * @param erasedOn the day on which the person asks to be forgotten; -1 = never
     */
    private record Wishes(int withdrawnOn, boolean risk, boolean segments, boolean texts, int erasedOn) {
        static Wishes of(int index, Chance chance) {
            int withdrawn = chance.whole(10, 40);
            int erased = chance.whole(40, 52);
            return switch (index % 100) {
                case 13, 63 -> new Wishes(withdrawn, true, true, false, -1);
                case 29 -> new Wishes(withdrawn, true, false, true, -1);
                case 43 -> new Wishes(withdrawn, false, false, false, -1);
                case 19 -> new Wishes(-1, true, true, true, index % 200 == 19 ? erased : -1);
                default -> new Wishes(-1, true, true, true, -1);
            };
        }

        String withdrawal(String user, Instant at) {
            return Json.consent(user, at, risk, segments, texts);
        }
    }
}

package dev.tideline.job.demo.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * What kind of weeks a person has.
 *
 * <p>Moods are on the scale 1 … 10. Days are counted from the day on which the person came into view.
 */
public enum Persona {
    /** Ups and downs like anyone's. */
    STEADY(20, 0.9, 1.3),
    /** Everything grows, and so does the use of the product. */
    THRIVING(10, 0.9, 1.8),
    /** Well at first, then falling within days or weeks, and staying low. */
    SLIDING(6, 0.9, 1.3),
    /** Low at first, recovered after two or three weeks, and falling again. */
    RELAPSING(4, 0.9, 1.4),
    /** Content until something breaks, then angry with the product, not with life. */
    ANGRY(4, 0.85, 1.3),
    /** Comes less and less often, and says little. */
    DRIFTING(4, 0.9, 1.2),
    /** Very low, and says so. */
    IN_CRISIS(2, 0.95, 1.6);

    /** Of how many people {@link #share} counts. */
    public static final int OUT_OF = 50;

    private static final List<Persona> DEAL = deal();

    private final int share;
    private final double workdayPresence;
    private final double sessionsPerDay;

    Persona(int share, double workdayPresence, double sessionsPerDay) {
        this.share = share;
        this.workdayPresence = workdayPresence;
        this.sessionsPerDay = sessionsPerDay;
    }

    /** How many of {@value #OUT_OF} people are like this. */
    public int share() {
        return share;
    }

    /** The {@code index}-th person's; of any {@value #OUT_OF} in a row each persona has its share, and all seven come first. */
    static Persona of(int index) {
        return DEAL.get(index % OUT_OF);
    }

    /** How many sessions a working day has on average, once this person shows up at all. */
    double sessionsPerDay() {
        return sessionsPerDay;
    }

    /** The probability of showing up on a day. */
    double presence(int day, boolean weekend) {
        double fading = this == DRIFTING ? Math.max(0.02, 1 - day / 30.0) : 1;
        return workdayPresence * fading * (weekend ? 0.35 : 1);
    }

    /** The mood around which a day's moods lie, but for a fall that goes session by session, see {@link MoodCourse}. */
    double baseMood(int day, int onset) {
        return switch (this) {
            case STEADY, DRIFTING -> 6.5;
            case THRIVING -> Math.min(8.5, 7 + day / 30.0);
            case SLIDING -> 7;
            case RELAPSING -> Math.min(7.2, 3 + day * 0.25);
            case ANGRY -> day < onset ? 7 : 5.5;
            case IN_CRISIS -> 2.6;
        };
    }

    /** Whether mood falls for good at some point. */
    boolean falls() {
        return this == SLIDING || this == RELAPSING;
    }

    /** The day on which things change, between the two. */
    int onset(Chance chance) {
        return switch (this) {
            case SLIDING -> chance.whole(5, 30);
            case RELAPSING -> chance.whole(26, 42);
            case ANGRY -> chance.whole(2, 35);
            default -> 0;
        };
    }

    private static List<Persona> deal() {
        List<Persona> deal = new ArrayList<>(List.of(IN_CRISIS, SLIDING, ANGRY, STEADY, THRIVING, RELAPSING, DRIFTING));
        // The rest evenly mixed: the k-th of n lies at k/n of the way.
        while (deal.size() < OUT_OF) {
            deal.add(mostBehind(deal));
        }
        return List.copyOf(deal);
    }

    private static Persona mostBehind(List<Persona> dealt) {
        Persona behind = STEADY;
        double largest = Double.NEGATIVE_INFINITY;
        for (Persona persona : values()) {
            long so = dealt.stream().filter(persona::equals).count();
            double lack = persona.share * (dealt.size() + 1.0) / OUT_OF - so;
            if (so < persona.share && lack > largest) {
                largest = lack;
                behind = persona;
            }
        }
        return behind;
    }
}

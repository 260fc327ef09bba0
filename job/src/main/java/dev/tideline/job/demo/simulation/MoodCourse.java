package dev.tideline.job.demo.simulation;

/** How one person's mood runs over the weeks, on the scale 1 … 10. For one thread; a few numbers. */
final class MoodCourse {
    private static final double FLOOR = 1.5;

    private final Persona persona;
    private final int onset;
    private final boolean steep;
    private final Chance chance;
    private double daily;
    private double fallen;

    MoodCourse(Persona persona, int onset, boolean steep, Chance chance) {
        this.persona = persona;
        this.onset = onset;
        this.steep = steep;
        this.chance = chance;
    }

    /** A new day: what is left of yesterday's ups and downs, and new ones. */
    void wakeUp(int day) {
        daily = 0.6 * daily + chance.gaussian(0.35);
        if (isFalling(day) && !steep) {
            fallen = Math.min(5.5, fallen + 0.25);
        }
    }

    /** A new session: on a steep slope each is lower than the one before. */
    void sitDown(int day) {
        if (isFalling(day) && steep) {
            daily = 0;
            fallen = Math.min(5.5, fallen + chance.between(1.1, 1.5));
        }
    }

    /** The mood as it is now. */
    double level(int day) {
        return Math.max(FLOOR, persona.baseMood(day, onset) - fallen + daily);
    }

    /** The mood as the person logs it, in steps of a half. */
    double logged(int day) {
        double level = level(day) + (isFalling(day) ? 0 : chance.gaussian(0.2));
        return Math.max(1, Math.min(10, Math.round(level * 2) / 2.0));
    }

    /** Whether mood has begun to fall for good. */
    boolean isFalling(int day) {
        return persona.falls() && day >= onset;
    }

    /** Whether each log counts for the person: someone who falls steeply notes it at every session. */
    boolean isWatched(int day) {
        return persona == Persona.IN_CRISIS || (isFalling(day) && fallen < 5.5);
    }
}

package dev.tideline.patterns.fact;

/** How urgent an alert is; the order of the constants is the order of urgency. Source: the scale of the CLPsych shared task. */
public enum Level {
    /** A person looks within two working days. */
    AMBER,
    /** Contact the same day. */
    RED,
    /** A person at once. */
    CRISIS;

    /** Whether this level is as urgent as the other one, or more so. */
    public boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }

    /** The more urgent of the two. */
    public Level or(Level other) {
        return atLeast(other) ? this : other;
    }
}

package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How signals join into an alert's level, when it falls quiet and by when it is due.
 *
 * @param compound raises an alert above the levels of its single signals
 * @param dueMillis by level, how long after the change a person has to look
 * @param quietMillis after this long without any match an alert may resolve by itself
 * @param quietResolves levels that quiet resolves while nobody has acknowledged the alert
 * @param quietResolvesAcknowledged levels that quiet resolves once a person has acknowledged it
 */
public record PolicyRule(
        Header header,
        List<Compound> compound,
        Map<Level, Long> dueMillis,
        long quietMillis,
        Set<Level> quietResolves,
        Set<Level> quietResolvesAcknowledged)
        implements Rule {

    /**
     * Signals that mean more together.
     *
     * @param level signals at this level or above count
     * @param families how many different families are needed
     * @param with pattern ids or families (as {@code family:engagement}) one of which must be among them; empty = none
     *     needed. Signals of {@code with} count at any level
     * @param withinMillis all of them within this time
     * @param to the level that follows
     */
    public record Compound(Level level, int families, Set<String> with, long withinMillis, Level to) {}
}

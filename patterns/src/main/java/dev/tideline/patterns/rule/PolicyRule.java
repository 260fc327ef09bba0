package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How signals join into an alert's level, when it falls quiet and by when it is due. In a document:
 *
 * <pre>{@code
 * kind: policy
 * id: default
 * version: 1
 * name: How signals join
 * compound:                        # optional; each one may raise the alert
 *   - level: AMBER                 # signals at this level or above count
 *     families: 2                  # of this many different families (default 1)
 *     within: 14d                  # all of them within this time
 *     to: RED                      # above `level`
 *   - level: RED
 *     with: [family:engagement, mood_floor]   # and one of these besides, at any level: a pattern, or family:<name>
 *     within: 14d
 *     to: CRISIS
 * due: { CRISIS: 15m, RED: 24h, AMBER: 48h }  # by when a person has to look; these are the defaults
 * quiet:                           # when an alert resolves by itself
 *   after: 14d                     # without any match (default 14d)
 *   resolves: [AMBER]              # levels, while nobody has acknowledged (default AMBER)
 *   resolves_acknowledged: [AMBER, RED]       # levels once acknowledged (default AMBER, RED)
 * }</pre>
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
     * @param with pattern ids or families (as {@code family:engagement}) one of which must be there besides, from
     *     another pattern than the signal at {@code level}; empty = none needed. Signals of {@code with} count at any level
     * @param withinMillis all of them within this time
     * @param to the level that follows
     */
    public record Compound(Level level, int families, Set<String> with, long withinMillis, Level to) {}
}

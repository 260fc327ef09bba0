package dev.tideline.job.person;

import dev.tideline.patterns.alert.StaffRoutine;
import dev.tideline.patterns.fact.Purpose;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How persons are looked after.
 *
 * @param inOrderOnly whether even what is immediate waits for its place in order: so that a replay does not depend on how its
 *     input was mixed
 * @param until time ends here (epoch milliseconds): nothing happens later
 * @param allowedByDefault for users without consent on record
 * @param mostPartials how many partial matches a user may have of one sequence
 * @param historyKnown whether all rules are known before the first event, so that what a segment to come asks for is counted
 *     from the beginning
 * @param staff acts on alerts where nobody else does; null = people do
 */
public record PersonOptions(
        boolean inOrderOnly,
        long until,
        List<Purpose> allowedByDefault,
        int mostPartials,
        boolean historyKnown,
        @Nullable StaffRoutine staff)
        implements Serializable {}

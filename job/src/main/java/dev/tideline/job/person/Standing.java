package dev.tideline.job.person;

import dev.tideline.patterns.fact.Level;
import dev.tideline.patterns.fact.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stands between two arrivals.
 *
 * @param place the instant (epoch milliseconds) up to which everything of the user has happened
 * @param allowed the purposes the user consents to; null while none is on record
 * @param erasedAt nothing that happened before this instant counts; {@link Long#MIN_VALUE} if nothing was erased
 * @param risks changes of the alert's level that are ahead of the user's place; as many as alerts change within the
 *     out-of-orderness
 * @param revision of the rules that were last applied
 */
public record Standing(long place, @Nullable List<Purpose> allowed, long erasedAt, List<Risk> risks, long revision) {

    /** From the instant on, the user's open alert is at the level; null where none is open. */
    public record Risk(long at, @Nullable Level level) {}

    static Standing begin() {
        return new Standing(Long.MIN_VALUE, null, Long.MIN_VALUE, new ArrayList<>(), 0);
    }

    Standing at(long instant) {
        return new Standing(Math.max(place, instant), allowed, erasedAt, risks, revision);
    }

    Standing allowing(List<Purpose> purposes) {
        return new Standing(place, purposes, erasedAt, risks, revision);
    }

    Standing under(long rules) {
        return new Standing(place, allowed, erasedAt, risks, rules);
    }

    /** As a stranger, but nothing from before the instant counts, and consent stays as it is. */
    Standing erased(long instant) {
        return new Standing(place, allowed, instant, new ArrayList<>(), revision);
    }
}

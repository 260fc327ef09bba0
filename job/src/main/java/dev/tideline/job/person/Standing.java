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
 * @param happened the last instant at which anything did; {@link Long#MIN_VALUE} if nothing ever did
 * @param allowed the purposes the user consents to; null while none is on record
 * @param erasedAt nothing that happened before this instant counts; {@link Long#MIN_VALUE} if nothing was erased
 * @param risks changes of the alert's level that are ahead of the user's place; as many as alerts change within the
 *     out-of-orderness
 * @param rules fingerprint of the segments and policies that were last applied; 0 = none
 * @param exists whether segments know the user
 * @param since when that began, if they do, by the user's place
 * @param retold whether what segments are shown is kept, to be told again when history has come
 * @param due so that what is kept of the other parts need not be read to know that nothing happens there
 */
public record Standing(
        long place,
        long happened,
        @Nullable List<Purpose> allowed,
        long erasedAt,
        List<Risk> risks,
        long rules,
        boolean exists,
        long since,
        boolean retold,
        Due due) {

    /** From the instant on, the user's open alert is at the level; null where none is open. */
    public record Risk(long at, @Nullable Level level) {}

    /** When time alone next does something to a part (epoch milliseconds); {@link Long#MAX_VALUE} if it never does. */
    public record Due(long sequences, long alerts, long shadow, long segments) {
        static final Due NEVER = new Due(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        long earliest() {
            return Math.min(Math.min(sequences, alerts), Math.min(shadow, segments));
        }
    }

    static Standing begin() {
        return new Standing(
                Long.MIN_VALUE,
                Long.MIN_VALUE,
                null,
                Long.MIN_VALUE,
                new ArrayList<>(),
                0,
                false,
                Long.MIN_VALUE,
                false,
                Due.NEVER);
    }

    Standing at(long instant) {
        return new Standing(
                Math.max(place, instant), happened, allowed, erasedAt, risks, rules, exists, since, retold, due);
    }

    /** Something happened at the instant. */
    Standing happened(long instant) {
        long last = Math.max(happened, instant);
        return new Standing(
                Math.max(place, instant), last, allowed, erasedAt, risks, rules, exists, since, retold, due);
    }

    Standing allowing(List<Purpose> purposes) {
        return new Standing(place, happened, purposes, erasedAt, risks, rules, exists, since, retold, due);
    }

    Standing under(long fingerprint) {
        return new Standing(place, happened, allowed, erasedAt, risks, fingerprint, exists, since, retold, due);
    }

    Standing with(List<Risk> ahead) {
        return new Standing(place, happened, allowed, erasedAt, ahead, rules, exists, since, retold, due);
    }

    Standing waiting(boolean known, long knownSince, boolean kept, Due next) {
        return new Standing(place, happened, allowed, erasedAt, risks, rules, known, knownSince, kept, next);
    }

    /** As a stranger, but nothing from before the instant counts, and consent stays as it is. */
    Standing erased(long instant) {
        return new Standing(place, happened, allowed, instant, new ArrayList<>(), rules, exists, since, retold, due);
    }
}

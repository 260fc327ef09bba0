package dev.tideline.job.history;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Once through the past of all users, for all revisions up to a number that wait.
 *
 * @param number the highest of these revisions
 * @param untilMillis what was taken before this instant is read; where event time stood when the pass was ordered
 * @param kinds as in {@link Question}
 * @param profiles as in {@link Question}
 * @param through users up to and with this one are done; null = none
 * @param done how many that are
 * @param users of how many
 * @param read whether all are
 */
public record Pass(
        long number,
        long untilMillis,
        Map<String, Long> kinds,
        boolean profiles,
        @Nullable String through,
        long done,
        long users,
        boolean read) {

    static Pass of(long number, Question question) {
        return new Pass(
                number, question.untilMillis(), question.kinds(), question.profiles(), null, 0, 0, question.isEmpty());
    }

    Question question() {
        return new Question(kinds, profiles, untilMillis);
    }

    /** The pass as far as a page goes, of a reading that began when so many users were done. */
    Pass at(Past.Page page, long before) {
        return new Pass(
                number,
                untilMillis,
                kinds,
                profiles,
                page.through(),
                before + page.done(),
                before + page.users(),
                false);
    }

    Pass toTheEnd() {
        return new Pass(number, untilMillis, kinds, profiles, through, users, users, true);
    }

    int percent() {
        return users == 0 ? 0 : (int) (done * 100 / users);
    }
}

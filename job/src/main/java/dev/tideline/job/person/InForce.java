package dev.tideline.job.person;

import dev.tideline.patterns.rule.Rule;

/**
 * A version of a rule and when it holds.
 *
 * @param fingerprint 64 bits of what it says
 * @param number of the revision that brought it
 * @param since what comes late is judged by it from this instant on; {@code from} or before
 * @param from the first instant (epoch milliseconds)
 * @param until the first instant at which it holds no more
 * @param recalled whether what it asks for is read from history
 * @param waits whether that has not been done yet, so that it says nothing
 */
record InForce<R extends Rule>(
        R rule, long fingerprint, long number, long since, long from, long until, boolean recalled, boolean waits) {
    <S extends Rule> InForce<S> with(S same) {
        return new InForce<>(same, fingerprint, number, since, from, until, recalled, waits);
    }

    boolean at(long instant) {
        return from <= instant && instant < until;
    }

    /** Whether a fact of the instant that comes late is judged by it. */
    boolean lateAt(long instant) {
        return since <= instant && instant < until;
    }
}

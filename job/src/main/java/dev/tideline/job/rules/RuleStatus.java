package dev.tideline.job.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a rule. Of a rule the last one counts, and says by itself all that is to be known: also what goes on running
 * where a newer version was refused or waits.
 *
 * @param key {@code kind/id}; {@code file/<name>} for a file in which no rule could be made out
 * @param version of the document in question; null where it could not be read, and for what was removed
 * @param revision the number under which tasks get it; 0 where they had it from the start, or get nothing. Not on the wire
 * @param path where in the document, as a JSON pointer; only for what was rejected or waits
 * @param reason in words: why it was rejected or waits, or for how many users it was stopped
 * @param document as JSON: what was accepted, or waits
 * @param mode {@code live} or {@code shadow}; null where no document was read
 * @param running the version that goes on running; null where the status itself is about that, or none is
 * @param counts what the running version did, or in shadow would have done, since it was accepted
 * @param progress BACKFILLING: for how many users the past was read; then how many have come under what changed for everybody;
 *     null where nothing was to be done
 * @param countingSince since when something is counted that the rule asks for and the past does not tell; null where all is known
 * @param trial what a shadow version of a segment would change; null of anything else, and before that is known
 * @param at from when on the status holds: the record's timestamp, or that of the record that decided
 */
public record RuleStatus(
        String key,
        Verdict verdict,
        @Nullable Integer version,
        long revision,
        @Nullable String path,
        @Nullable String reason,
        @Nullable String document,
        @Nullable String mode,
        @Nullable Running running,
        Map<String, Long> counts,
        @Nullable Progress progress,
        @Nullable Instant countingSince,
        @Nullable Trial trial,
        Instant at) {

    public RuleStatus {
        // What holds from before the first event is said to hold since 1970.
        at = at.toEpochMilli() == Long.MIN_VALUE ? Instant.EPOCH : at;
    }

    /** The states of a rule. */
    public enum Verdict {
        /** The gate let it through; tasks are getting it. */
        ACCEPTED,
        /** The document is not good, or does not fit the others; what ran before goes on. */
        REJECTED,
        /** It names a segment that is not live, and comes into force as soon as that is. */
        WAITING,
        /** Every task has it; the past that it asks for is being read, and until then it says nothing. */
        BACKFILLING,
        /** Every task has it, and what of the past it asks for and can be known. */
        LIVE,
        /** No task has it any more. */
        REMOVED
    }

    /**
     * A version that runs although the newest one does not.
     *
     * @param document as JSON
     */
    public record Running(int version, String document) {}

    /** So many users of so many; {@code of} may grow. */
    public record Progress(long done, long of) {}

    /**
     * What putting a version into force that is tried out would change.
     *
     * @param size how many users are in it
     * @param wouldEnter how many of these are not in the live version
     * @param wouldLeave how many are in the live version alone
     * @param entering some of those who would enter, at most 100
     * @param leaving some of those who would leave, at most 100
     */
    public record Trial(long size, long wouldEnter, long wouldLeave, List<String> entering, List<String> leaving) {}

    static RuleStatus accepted(RegisteredRule rule) {
        return of(Verdict.ACCEPTED, rule, null, null, null, rule.effectiveMillis());
    }

    static RuleStatus waiting(RegisteredRule rule, String reason, @Nullable Running running, long atMillis) {
        return of(Verdict.WAITING, rule, "/when", reason, running, atMillis);
    }

    private static RuleStatus of(
            Verdict verdict,
            RegisteredRule rule,
            @Nullable String path,
            @Nullable String reason,
            @Nullable Running running,
            long atMillis) {
        return new RuleStatus(
                rule.key(),
                verdict,
                rule.version(),
                verdict == Verdict.ACCEPTED ? rule.number() : 0,
                path,
                reason,
                rule.json(),
                rule.rule().header().shadow() ? "shadow" : "live",
                running,
                Map.of(),
                null,
                null,
                null,
                Instant.ofEpochMilli(atMillis));
    }

    static RuleStatus rejected(
            String key, @Nullable Integer version, String path, String reason, @Nullable Running running, Instant at) {
        return new RuleStatus(
                key, Verdict.REJECTED, version, 0, path, reason, null, null, running, Map.of(), null, null, null, at);
    }

    static RuleStatus removed(String key, long revision, Instant at) {
        return new RuleStatus(
                key, Verdict.REMOVED, null, revision, null, null, null, null, null, Map.of(), null, null, null, at);
    }

    /** The same version, now that every task has it. */
    RuleStatus live() {
        return as(Verdict.LIVE, null);
    }

    /** The same version, which every task has, and which waits until the past was read. */
    RuleStatus backfilling(@Nullable Progress reading) {
        return as(Verdict.BACKFILLING, reading);
    }

    private RuleStatus as(Verdict told, @Nullable Progress reading) {
        return new RuleStatus(
                key,
                told,
                version,
                revision,
                path,
                reason,
                document,
                mode,
                running,
                counts,
                reading,
                countingSince,
                trial,
                at);
    }

    /** The same version, of which not everything is known from before the instant. */
    RuleStatus countingSince(Instant since) {
        return with(progress, since, trial);
    }

    private RuleStatus with(@Nullable Progress users, @Nullable Instant since, @Nullable Trial told) {
        return new RuleStatus(
                key, verdict, version, revision, path, reason, document, mode, running, counts, users, since, told, at);
    }

    /** The version that runs when this is said; null if none does, or none is known to. */
    @Nullable
    Integer runningVersion() {
        return switch (verdict) {
            case ACCEPTED, BACKFILLING, LIVE -> version;
            case REJECTED, WAITING -> running == null ? null : running.version();
            case REMOVED -> null;
        };
    }

    /** The same with what was counted; {@code remark} is added to the reason. */
    RuleStatus with(Map<String, Long> counted, @Nullable String remark) {
        String told = remark == null || reason == null ? (remark == null ? reason : remark) : reason + "; " + remark;
        return new RuleStatus(
                key,
                verdict,
                version,
                revision,
                path,
                told,
                document,
                mode,
                running,
                new TreeMap<>(counted),
                progress,
                countingSince,
                trial,
                at);
    }

    /** The same, now that so many users have come under it. */
    RuleStatus reached(@Nullable Progress users) {
        return with(users, countingSince, trial);
    }

    /** The same, with what trying it out has come to. */
    RuleStatus tried(@Nullable Trial told) {
        return with(progress, countingSince, told);
    }
}

package dev.tideline.job;

import dev.tideline.job.emit.Emit;
import dev.tideline.job.emit.Outlets;
import dev.tideline.job.history.Histories;
import dev.tideline.job.history.Recollection;
import dev.tideline.job.ingest.Ingest;
import dev.tideline.job.ingest.Ingested;
import dev.tideline.job.person.Followed;
import dev.tideline.job.person.Persons;
import dev.tideline.job.rules.RuleGates;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.rules.RuleStatus;
import dev.tideline.job.rules.RuleStatuses;
import dev.tideline.job.rules.Ruled;
import dev.tideline.job.score.Scoring;
import dev.tideline.job.session.Sessions;
import dev.tideline.patterns.fact.Arrival;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The way through: ingest, score, session, person, emit. The same for the live job, the demo and a replay, which differ in
 * their ends alone.
 */
public final class Pipeline {
    private Pipeline() {}

    /**
     * Describes the job.
     *
     * @param decoded whatever came in, decoded, with event time as timestamp and with watermarks
     * @param outlets where results go
     */
    public static void define(DataStream<Arrival> decoded, PipelineOptions options, Outlets outlets) {
        Ingested ingested = options.inOrder()
                ? Ingest.wireInOrder(decoded, options.person().allowedByDefault(), options.keys())
                : Ingest.wire(decoded, options.person().allowedByDefault(), options.keys());
        DataStream<Arrival> scored = Scoring.wire(ingested.arrivals(), options.scorer(), options.textCache());
        DataStream<Arrival> sessions = options.inOrder() ? Sessions.wireByUser(scored) : Sessions.wire(scored);
        Ruled ruled = RuleGates.wire(ingested.rules(), options.rules());
        List<RuleRevision> fromTheStart = options.rules().fromTheStart();
        Recollection past = Histories.wire(sessions, ruled.revisions(), fromTheStart, options.history());
        Followed followed =
                Persons.wire(scored.union(sessions, past.recalled()), past.revisions(), fromTheStart, options.person());
        DataStream<RuleStatus> statuses =
                RuleStatuses.wire(ruled.statuses(), followed.reports().union(past.reports()), options.rules());
        Emit.wire(
                new Emit.Outgoing(
                        followed.results(),
                        followed.alerts(),
                        followed.changes(),
                        statuses,
                        ingested.keys(),
                        ingested.refused().union(followed.refused())),
                outlets);
    }
}

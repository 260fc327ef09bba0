package dev.tideline.job;

import dev.tideline.job.emit.Ledger;
import dev.tideline.job.emit.TopicOutlets;
import dev.tideline.job.history.HistoryOptions;
import dev.tideline.job.ingest.Decoder;
import dev.tideline.job.ingest.DecoderSettings;
import dev.tideline.job.ingest.WallClock;
import dev.tideline.job.ingest.tide.TideOptions;
import dev.tideline.job.ingest.tide.TideTopics;
import dev.tideline.job.ingest.tide.TidelineSource;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.privacy.MasterKey;
import dev.tideline.job.privacy.TinkDataKeys;
import dev.tideline.job.rules.RuleFiles;
import dev.tideline.job.rules.RuleOptions;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.rules.WatchedFiles;
import dev.tideline.job.score.Scorer;
import dev.tideline.job.settings.Settings;
import dev.tideline.job.step.Step;
import dev.tideline.job.store.DatabaseLedger;
import dev.tideline.job.store.DatabasePast;
import dev.tideline.patterns.fact.Arrival;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Connects the pipeline with a real broker and a real database: what {@code run} and {@code demo} start. */
public final class LiveJob {
    private LiveJob() {}

    /**
     * Describes the live job; the caller executes it.
     *
     * @param rules that hold from before the first event; their files are watched from then on
     */
    public static void define(StreamExecutionEnvironment environment, Settings settings, RuleFiles rules) {
        define(environment, settings, rules, Scorer.SHIPPED, new DatabaseLedger(settings.database()));
    }

    static void define(
            StreamExecutionEnvironment environment, Settings settings, List<RuleRevision> rules, Scorer scorer) {
        define(environment, settings, rules, scorer, new DatabaseLedger(settings.database()));
    }

    /** The same with a scorer and a ledger of the caller's, and rules whose files nobody watches. */
    public static void define(
            StreamExecutionEnvironment environment,
            Settings settings,
            List<RuleRevision> rules,
            Scorer scorer,
            Ledger ledger) {
        define(environment, settings, rules, null, scorer, ledger);
    }

    static void define(
            StreamExecutionEnvironment environment, Settings settings, RuleFiles rules, Scorer scorer, Ledger ledger) {
        define(environment, settings, rules.rules(), rules.watched(), scorer, ledger);
    }

    private static void define(
            StreamExecutionEnvironment environment,
            Settings settings,
            List<RuleRevision> rules,
            @Nullable WatchedFiles files,
            Scorer scorer,
            Ledger ledger) {
        int mostPartials = settings.rules().partialMatches();
        Runtime.set(environment, settings.job());
        MasterKey master = MasterKey.of(settings.keys().required());
        DataStream<Arrival> decoded = Step.SOURCE.mark(environment.fromSource(
                source(settings, decoding(settings, master)), WatermarkStrategy.noWatermarks(), Step.SOURCE.title()));
        Pipeline.define(
                decoded,
                options(
                        settings,
                        RuleOptions.live(rules, files, mostPartials),
                        history(settings, ledger),
                        new TinkDataKeys(master),
                        scorer),
                TopicOutlets.of(settings.kafka(), ledger));
    }

    /** History is read where it is written. */
    private static HistoryOptions history(Settings settings, Ledger ledger) {
        return settings.segments().backfill() && ledger instanceof DatabaseLedger
                ? HistoryOptions.from(DatabasePast.of(settings.database()))
                : HistoryOptions.none();
    }

    private static PipelineOptions options(
            Settings settings, RuleOptions rules, HistoryOptions history, DataKeys keys, Scorer scorer) {
        PersonOptions person = new PersonOptions(
                false,
                Long.MAX_VALUE,
                settings.consent().byDefault(),
                settings.rules().partialMatches(),
                false,
                null);
        return new PipelineOptions(
                rules, history, person, keys, scorer, settings.text().cacheSize(), false);
    }

    private static DecoderSettings decoding(Settings settings, MasterKey master) {
        Settings.DeadLetters deadLetters = settings.deadLetters();
        return new DecoderSettings(
                false, Set.copyOf(deadLetters.eventTypes()), deadLetters.keepPayload() ? master : null);
    }

    private static TidelineSource source(Settings settings, DecoderSettings decoding) {
        Settings.Topics topics = settings.kafka().topics();
        Properties consumer = new Properties();
        consumer.putAll(settings.kafka().properties());
        consumer.setProperty(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrap());
        consumer.setProperty(ConsumerConfig.GROUP_ID_CONFIG, settings.kafka().group());
        Settings.EventTime time = settings.eventTime();
        TideOptions options = new TideOptions(
                settings.job().name(),
                time.outOfOrderness(),
                time.idleTimeout(),
                time.endOffsetsInterval(),
                Duration.ofMinutes(1),
                true,
                null);
        return TidelineSource.of(
                consumer,
                new TideTopics(topics.events(), topics.profiles(), topics.privacy(), topics.rules(), topics.actions()),
                () -> new Decoder(decoding)::decode,
                options,
                WallClock.SYSTEM);
    }
}

package dev.tideline.job;

import dev.tideline.job.history.HistoryOptions;
import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.rules.RuleOptions;
import dev.tideline.job.score.Scorer;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline needs to know besides its two ends.
 *
 * @param rules where they come from besides the topic
 * @param history what is known of the time before a rule
 * @param keys null where nothing is stored, so that nothing has to be encrypted
 * @param scorer judges texts
 * @param textCache how many repeated texts are remembered; 0 = none
 * @param inOrder whether the input comes in time order from one task, each event once, as that of a replay does
 */
public record PipelineOptions(
        RuleOptions rules,
        HistoryOptions history,
        PersonOptions person,
        @Nullable DataKeys keys,
        Scorer scorer,
        int textCache,
        boolean inOrder) {}

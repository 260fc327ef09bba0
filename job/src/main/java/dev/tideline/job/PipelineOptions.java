package dev.tideline.job;

import dev.tideline.job.person.PersonOptions;
import dev.tideline.job.privacy.DataKeys;
import dev.tideline.job.rules.RuleRevision;
import dev.tideline.job.score.Scorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline needs to know besides its two ends.
 *
 * @param rules that hold from before the first event
 * @param keys null where nothing is stored, so that nothing has to be encrypted
 * @param scorer judges texts
 * @param textCache how many repeated texts are remembered; 0 = none
 */
public record PipelineOptions(
        List<RuleRevision> rules,
        PersonOptions person,
        @Nullable DataKeys keys,
        Scorer scorer,
        int textCache) {}

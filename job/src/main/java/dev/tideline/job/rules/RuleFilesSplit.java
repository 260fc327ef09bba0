package dev.tideline.job.rules;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/** The one split of the rules' files: what the gate was told of them. */
record RuleFilesSplit(List<ToldRule> told, List<ToldFlaw> flaws) implements SourceSplit {
    RuleFilesSplit {
        told = List.copyOf(told);
        flaws = List.copyOf(flaws);
    }

    @Override
    public String splitId() {
        return "rule-files";
    }
}

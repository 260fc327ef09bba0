package dev.tideline.patterns.rule;

import dev.tideline.patterns.rule.Sequence.Contiguity;
import dev.tideline.patterns.rule.Sequence.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step may not be, given the step before. Each refusal stands for one that Flink CEP would utter too late. */
final class StepCheck {
    private final Fields fields;
    private final Step step;
    private final @Nullable Step previous;

    StepCheck(Fields fields, Step step, @Nullable Step previous) {
        this.fields = fields;
        this.step = step;
        this.previous = previous;
    }

    void run() {
        if (previous == null) {
            first();
        } else {
            after(previous);
        }
        if (step.contiguity().negative()) {
            absent();
        } else {
            looping();
        }
    }

    private void first() {
        if (step.contiguity().negative()) {
            at(
                    "contiguity",
                    "`" + step.contiguity().word() + "` at the first step",
                    "a step that something happens in");
        } else if (step.contiguity() != Contiguity.FOLLOWED_BY) {
            at("contiguity", "`" + step.contiguity().word() + "` at the first step", "none: it follows nothing");
        }
    }

    private void after(Step before) {
        if (step.contiguity().negative() && before.optional()) {
            at(
                    "contiguity",
                    "absence after the optional step `" + before.name() + "`",
                    "two rules, one with and one without that step");
        }
        if (step.optional() && before.greedy()) {
            at(
                    "optional",
                    "an optional step after the greedy step `" + before.name() + "`",
                    "one of the two without it");
        }
    }

    private void absent() {
        for (String key : List.of("times", "optional", "greedy", "consecutive", "until")) {
            if (fields.has(key)) {
                at(key, "`" + key + "` at a step that asks for absence", "none: what is absent has no number");
            }
        }
    }

    private void looping() {
        boolean once = step.from() == 1 && Integer.valueOf(1).equals(step.to());
        if (once && step.greedy()) {
            at("greedy", "`greedy` at a step that happens once", "`times` above 1 beside it");
        }
        if (once && step.consecutive()) {
            at("consecutive", "`consecutive` at a step that happens once", "`times` above 1 beside it");
        }
        if (step.until() != null && step.to() != null) {
            at("until", "`until` at a step with a last time", "`times: {at_least: n}` beside it");
        }
        if (step.greedy() && step.contiguity() == Contiguity.FOLLOWED_BY_ANY) {
            at("greedy", "`greedy` beside `followed_by_any`", "one of the two");
        }
    }

    private void at(String key, String found, String expected) {
        fields.optional(key).orElse(fields.owner()).wrong(found, expected);
    }
}

package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.rule.json.JsonValues;
import dev.tideline.patterns.rule.plan.Members;
import dev.tideline.patterns.rule.plan.Thing;
import dev.tideline.patterns.rule.plan.Trial;
import dev.tideline.patterns.rule.plan.Truth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON objects that predicates look into. */
final class JsonMembers {
    private JsonMembers() {}

    /** A fact's context: an object without members where there is none. */
    record OfContext(Spot<Fact> spot) implements Members<Scope> {
        private @Nullable String json(Trial<Scope> trial) {
            Fact fact = spot.in(trial.subject());
            return fact == null ? null : fact.context();
        }

        @Override
        public Object thing(Trial<Scope> trial) {
            String json = json(trial);
            return json == null ? Map.of() : JsonValues.object(json).map();
        }

        @Override
        public Thing<Scope> member(String name) {
            return trial -> {
                String json = json(trial);
                return json == null ? null : JsonValues.object(json).get(name);
            };
        }

        @Override
        public Truth<Scope> has(String name) {
            return trial -> {
                String json = json(trial);
                return Truth.of(json != null && JsonValues.object(json).has(name));
            };
        }
    }

    /** What a user said of themselves: an error where there is nothing. */
    record OfDemographics() implements Members<Scope> {
        private static @Nullable String json(Trial<Scope> trial) {
            return trial.subject().user().demographicData();
        }

        @Override
        public @Nullable Object thing(Trial<Scope> trial) {
            String json = json(trial);
            return json == null ? null : JsonValues.object(json).map();
        }

        @Override
        public Thing<Scope> member(String name) {
            return trial -> {
                String json = json(trial);
                return json == null ? null : JsonValues.object(json).get(name);
            };
        }

        @Override
        public Truth<Scope> has(String name) {
            return trial -> {
                String json = json(trial);
                return json == null
                        ? Truth.ERROR
                        : Truth.of(JsonValues.object(json).has(name));
            };
        }
    }

    /** A user's properties, each a JSON text of its own. */
    record OfProperties() implements Members<Scope> {
        @Override
        public Object thing(Trial<Scope> trial) {
            return JsonValues.properties(trial.subject().user().properties());
        }

        @Override
        public Thing<Scope> member(String name) {
            return trial -> JsonValues.property(trial.subject().user().properties(), name);
        }

        @Override
        public Truth<Scope> has(String name) {
            return trial -> Truth.of(JsonValues.property(trial.subject().user().properties(), name) != null);
        }
    }
}

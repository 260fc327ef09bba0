package dev.tideline.patterns.rule;

import dev.tideline.patterns.fact.Fact;
import dev.tideline.patterns.fact.UserProfile;
import dev.tideline.patterns.rule.plan.Leaf;
import dev.tideline.patterns.rule.plan.Node;
import dev.tideline.patterns.rule.plan.Thing;
import dev.tideline.patterns.rule.plan.Truth;
import org.jspecify.annotations.Nullable;

/** What planned expressions read: the variables of facts and users, straight from the records. */
final class FactLeaves {
    private FactLeaves() {}

    /** What a variable stands for; null for what is none. What is asked of earlier facts is noted. */
    static @Nullable Leaf<Scope> variable(String name, Visible visible, LookBack lookBack) {
        if (name.equals("user")) {
            return new OfUser();
        }
        if (name.equals("properties")) {
            return new Leaf.Value<>(new JsonMembers.OfProperties());
        }
        if (visible.sequence() && name.equals(Visible.PREVIOUS)) {
            return new OfFact(Spot.previous(), lookBack);
        }
        if (visible.steps().contains(name)) {
            return new OfFact(Spot.step(name), lookBack);
        }
        return visible.fact() && Visible.OF_FACT.contains(name)
                ? new OfFact(Spot.current(), lookBack).field(name)
                : null;
    }

    /** A fact, earlier or not: its variables are its fields, and it has them all, though they may be empty. */
    private record OfFact(Spot<Fact> spot, LookBack lookBack) implements Leaf.Struct<Scope> {
        @Override
        public Leaf<Scope> field(String name) {
            return switch (name) {
                case "event_type" -> {
                    noteMore(spot, lookBack);
                    yield new Leaf.Value<>((Thing<Scope>) trial -> {
                        Fact fact = spot.in(trial.subject());
                        return fact == null ? null : fact.kind();
                    });
                }
                case "context" -> {
                    noteMore(spot, lookBack);
                    yield new Leaf.Value<>(new JsonMembers.OfContext(spot));
                }
                case "text" -> new OfPart<>(spot.part(name), FactShapes.TEXT, lookBack);
                case "session" -> new OfPart<>(spot.part(name), FactShapes.SESSION, lookBack);
                case "mood" -> new OfPart<>(spot.part(name), FactShapes.MOOD, lookBack);
                case "survey" -> new OfPart<>(spot.part(name), FactShapes.SURVEY, lookBack);
                case "quiet" -> new OfPart<>(spot.part(name), FactShapes.QUIET, lookBack);
                case "week" -> new OfPart<>(spot.part(name), FactShapes.WEEK, lookBack);
                default -> throw new IllegalArgumentException("a fact gives no variable " + name);
            };
        }

        @Override
        public Truth<Scope> has(String name) {
            noteMore(spot, lookBack);
            return name.equals("event_type")
                    ? trial -> Truth.of(spot.in(trial.subject()) != null)
                    : trial -> Truth.TRUE;
        }
    }

    private static void noteMore(Spot<?> spot, LookBack lookBack) {
        if (!spot.isCurrent()) {
            lookBack.asksForMore();
        }
    }

    private record OfPart<T>(Spot<T> spot, FactShape<T> shape, LookBack lookBack) implements Leaf.Struct<Scope> {
        @Override
        public Leaf<Scope> field(String name) {
            if (spot.isPrevious()) {
                Node<Scope> recalled = RecalledNode.of(spot, shape.field(name), lookBack);
                if (recalled != null) {
                    return new Leaf.Value<>(recalled);
                }
            }
            noteMore(spot, lookBack);
            return new Leaf.Value<>(FieldNode.of(spot, shape.field(name)));
        }

        @Override
        public Truth<Scope> has(String name) {
            noteMore(spot, lookBack);
            return FieldNode.has(spot, shape.field(name));
        }
    }

    private record OfUser() implements Leaf.Struct<Scope> {
        @Override
        public Leaf<Scope> field(String name) {
            if (name.equals("demographic_data")) {
                return new Leaf.Value<>(new JsonMembers.OfDemographics());
            }
            FactShape.Field<UserProfile> field = FactShapes.USER.field(name);
            return new Leaf.Value<>(
                    (Thing<Scope>) trial -> field.read(trial.subject().user()));
        }

        @Override
        public Truth<Scope> has(String name) {
            if (name.equals("demographic_data")) {
                return trial -> Truth.of(trial.subject().user().demographicData() != null);
            }
            FactShape.Field<UserProfile> field = FactShapes.USER.field(name);
            return trial -> Truth.of(field.read(trial.subject().user()) != null);
        }
    }
}

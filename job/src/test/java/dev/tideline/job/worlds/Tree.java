package dev.tideline.job.worlds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition as a document says it. */
sealed interface Tree {
    long MINUTE = 60_000;

    record All(List<Tree> parts) implements Tree {}

    record Any(List<Tree> parts) implements Tree {}

    record Not(Tree part) implements Tree {}

    /**
     * Counts facts.
     *
     * @param most null = no upper bound
     * @param minutes null = ever
     */
    record Performed(
            String kind,
            @Nullable Ask where,
            int least,
            @Nullable Integer most,
            @Nullable Integer minutes) implements Tree {}

    record Profile(Ask ask) implements Tree {}

    record Sequence(List<Step> steps, int minutes) implements Tree {}

    record Segment(String id) implements Tree {}

    record Risk(String level) implements Tree {}

    /**
     * A step of a sequence.
     *
     * @param contiguity null = followed_by
     * @param to null = no upper bound
     */
    record Step(
            String name,
            @Nullable String contiguity,
            String on,
            @Nullable Ask where,
            int from,
            @Nullable Integer to,
            boolean optional,
            boolean consecutive,
            @Nullable Ask until) {
        boolean negative() {
            return contiguity != null && contiguity.startsWith("not_");
        }
    }

    /** The tree and all that is in it. */
    default Stream<Tree> all() {
        Stream<Tree> below = Stream.empty();
        if (this instanceof All all) {
            below = all.parts().stream();
        } else if (this instanceof Any any) {
            below = any.parts().stream();
        } else if (this instanceof Not not) {
            below = Stream.of(not.part());
        }
        return Stream.concat(Stream.of(this), below.flatMap(Tree::all));
    }

    default ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (this instanceof All all) {
            all.parts().forEach(part -> json.withArray("all").add(part.json()));
        } else if (this instanceof Any any) {
            any.parts().forEach(part -> json.withArray("any").add(part.json()));
        } else if (this instanceof Not not) {
            json.set("not", not.part().json());
        } else if (this instanceof Performed performed) {
            performed(performed, json);
        } else if (this instanceof Profile profile) {
            json.put("profile", profile.ask().cel());
        } else if (this instanceof Segment segment) {
            json.put("segment", segment.id());
        } else if (this instanceof Risk risk) {
            json.put("risk", risk.level());
        } else if (this instanceof Sequence sequence) {
            ArrayNode steps = json.putArray("sequence");
            sequence.steps().forEach(step -> step(step, steps.addObject()));
            json.put("within", sequence.minutes() + "m");
        }
        return json;
    }

    private static void performed(Performed performed, ObjectNode json) {
        json.put("performed", performed.kind());
        if (performed.where() != null) {
            json.put("where", performed.where().cel());
        }
        Integer most = performed.most();
        if (most == null) {
            if (performed.least() != 1) {
                json.put("at_least", performed.least());
            }
        } else if (performed.least() == 0) {
            json.put("at_most", most);
        } else if (performed.least() == most) {
            json.put("exactly", most);
        } else {
            json.putArray("between").add(performed.least()).add(most);
        }
        if (performed.minutes() != null) {
            int minutes = performed.minutes();
            json.put("within", minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m");
        }
    }

    private static void step(Step step, ObjectNode json) {
        json.put("step", step.name());
        if (step.contiguity() != null) {
            json.put("contiguity", step.contiguity());
        }
        json.put("on", step.on());
        if (step.where() != null) {
            json.put("where", step.where().cel());
        }
        Integer to = step.to();
        if (to == null) {
            json.putObject("times").put("at_least", step.from());
        } else if (step.from() < to) {
            json.putObject("times").put("from", step.from()).put("to", to);
        } else if (to > 1) {
            json.put("times", to);
        }
        if (step.optional()) {
            json.put("optional", true);
        }
        if (step.consecutive()) {
            json.put("consecutive", true);
        }
        if (step.until() != null) {
            json.put("until", step.until().cel());
        }
    }
}

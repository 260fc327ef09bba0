package dev.tideline.job.cep;

import dev.tideline.job.cep.Plan.Step;
import dev.tideline.job.cep.Plan.Times;
import dev.tideline.job.cep.Truth.Asked;
import dev.tideline.patterns.sequence.Evaluation;
import dev.tideline.patterns.sequence.SequenceCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Random patterns over everything that the grammar of sequences offers. Their windows are as long as some six facts of the
 * kinds that they name take, so that partial matches stay few enough for stock operators to get through.
 */
final class RandomPlans {
    /** How many of a hundred facts are of the kind. */
    private static final Map<String, Integer> SHARES = Map.of(
            "emotion_logged", 29,
            "page_view", 19,
            "report_generated", 12,
            "message_sent", 9,
            "text", 9,
            "survey_response", 8,
            "survey", 8,
            "session", 6);

    private static final List<String> KINDS = SHARES.keySet().stream().sorted().toList();

    /** What each sample of patterns has to have in it, one by one. */
    static final Map<String, Predicate<Plan>> GRAMMAR = grammar();

    private final Random random;
    private final Questions questions;

    RandomPlans(long seed) {
        random = new Random(seed * 31 + 7);
        questions = new Questions(random);
    }

    private static Map<String, Predicate<Plan>> grammar() {
        Map<String, Predicate<Plan>> grammar = new LinkedHashMap<>();
        for (String contiguity : List.of("followed_by", "next", "followed_by_any", "not_next", "not_followed_by")) {
            grammar.put(contiguity, has(step -> contiguity.equals(step.contiguity())));
        }
        grammar.put("times: n", has(step -> step.times() instanceof Times.Exactly));
        grammar.put("times: {at_least}", has(step -> step.times() instanceof Times.AtLeast));
        grammar.put("times: {from, to}", has(step -> step.times() instanceof Times.Between));
        grammar.put("optional", has(Step::optional));
        grammar.put("greedy", has(Step::greedy));
        grammar.put("consecutive", has(Step::consecutive));
        grammar.put("until", has(step -> step.until() != null));
        grammar.put("prev", has(step -> says(step, "prev.")));
        grammar.put("earlier steps", has(step -> says(step, "s0.") || says(step, "s1.")));
        grammar.put("an end in absence", Plan::endsInAbsence);
        return grammar;
    }

    private static Predicate<Plan> has(Predicate<Step> feature) {
        return plan -> plan.steps().stream().anyMatch(feature);
    }

    private static boolean says(Step step, String words) {
        return step.where() != null && step.where().cel().contains(words);
    }

    /**
     * A pattern for every two words of the grammar in turn, which has both in it, so that all words are there; and one for each
     * automaton that the compiler may choose.
     */
    List<Plan> take() {
        List<Predicate<Plan>> words = List.copyOf(GRAMMAR.values());
        List<Plan> plans = new ArrayList<>();
        for (int word = 0; word < words.size(); word += 2) {
            Predicate<Plan> both = words.get(word).and(words.get((word + 1) % words.size()));
            plans.add(one(() -> any("p" + plans.size()), both));
        }
        for (Evaluation shape : Evaluation.values()) {
            if (shape != Evaluation.NFA) {
                plans.add(one(
                        () -> common("p" + plans.size(), shape),
                        plan -> SequenceCompiler.evaluation(plan.sequence()) == shape));
            }
        }
        return plans;
    }

    private static Plan one(Supplier<Plan> drawn, Predicate<Plan> wanted) {
        Plan plan = drawn.get();
        while (!accepted(plan) || !wanted.test(plan)) {
            plan = drawn.get();
        }
        return plan;
    }

    /** Whether the rule language has it: what is refused there is tested elsewhere. */
    private static boolean accepted(Plan plan) {
        if (!plan.reading().problems().isEmpty()) {
            return false;
        }
        try {
            SequenceCompiler.check(plan.sequence());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private Plan any(String id) {
        List<String> kinds = List.of(kind(), kind(), kind());
        List<Step> steps = new ArrayList<>();
        Map<String, String> earlier = new LinkedHashMap<>();
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            Step step = step(i, kinds.get(random.nextInt(3)), earlier);
            steps.add(step);
            if (!step.negative()) {
                earlier.put(step.name(), step.on());
            }
        }
        return new Plan(id, List.copyOf(steps), within(steps));
    }

    private Step step(int place, String on, Map<String, String> earlier) {
        String contiguity = place == 0
                ? null
                : List.of("followed_by", "next", "followed_by_any", "not_next", "not_followed_by", "")
                        .get(random.nextInt(6));
        contiguity = contiguity == null || contiguity.isEmpty() ? null : contiguity;
        boolean negative = contiguity != null && contiguity.startsWith("not_");
        Asked where = random.nextInt(4) == 0 ? null : questions.about(on, earlier);
        Times times = negative || random.nextBoolean() ? null : times();
        boolean open = times instanceof Times.AtLeast;
        return new Step(
                "s" + place,
                contiguity,
                on,
                where,
                times,
                !negative && random.nextInt(4) == 0,
                times != null && random.nextInt(3) == 0,
                times != null && random.nextInt(3) == 0,
                open && random.nextInt(2) == 0 ? questions.end() : null);
    }

    private Times times() {
        int from = 1 + random.nextInt(3);
        return switch (random.nextInt(3)) {
            case 0 -> new Times.Exactly(from);
            case 1 -> new Times.AtLeast(Math.min(2, from));
            default -> new Times.Between(from, from + random.nextInt(2));
        };
    }

    /** What rules mostly are. */
    private Plan common(String id, Evaluation shape) {
        String kind = kind();
        String other = kind();
        String mood = "emotion_logged";
        int times = 2 + random.nextInt(3);
        List<Step> steps = switch (shape) {
            case RUN ->
                random.nextBoolean()
                        ? run(times)
                        : List.of(
                                once("first", null, mood, null),
                                new Step(
                                        "fall",
                                        "next",
                                        mood,
                                        Questions.falling(),
                                        new Times.Exactly(times),
                                        false,
                                        false,
                                        true,
                                        null));
            case COUNT ->
                List.of(new Step(
                        "often", null, mood, questions.low(), new Times.Exactly(times), false, false, false, null));
            case THEN -> List.of(once("a", null, kind, asked(kind)), once("b", "followed_by", other, asked(other)));
            case ABSENCE ->
                List.of(once("a", null, kind, asked(kind)), once("gone", "not_followed_by", other, asked(other)));
            case ONE_FACT -> List.of(once("alone", null, kind, asked(kind)));
            case ALL ->
                List.of(
                        once("a", null, kind, asked(kind)),
                        once("b", "followed_by", other, asked(other)),
                        once("c", "followed_by", mood, questions.low()));
            case NFA -> throw new IllegalArgumentException("what is common has an automaton of its own");
        };
        return new Plan(id, steps, within(steps));
    }

    private static List<Step> run(int length) {
        List<Step> steps = new ArrayList<>();
        steps.add(once("s0", null, "emotion_logged", null));
        for (int i = 1; i < length; i++) {
            steps.add(once("s" + i, "next", "emotion_logged", Questions.falling()));
        }
        return List.copyOf(steps);
    }

    private static Step once(String name, @Nullable String contiguity, String on, @Nullable Asked where) {
        return new Step(name, contiguity, on, where, null, false, false, false, null);
    }

    private @Nullable Asked asked(String kind) {
        return random.nextInt(3) == 0 ? null : questions.about(kind, Map.of());
    }

    private String kind() {
        int drawn = random.nextInt(100);
        for (String kind : KINDS) {
            drawn -= SHARES.getOrDefault(kind, 0);
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares are not of a hundred");
    }

    private int within(List<Step> steps) {
        Set<String> kinds = steps.stream().map(Step::on).collect(Collectors.toUnmodifiableSet());
        int share =
                kinds.stream().mapToInt(kind -> SHARES.getOrDefault(kind, 0)).sum();
        // A match for each way to choose: the more ways, the fewer facts to choose from.
        long choices = steps.stream()
                .filter(step -> "followed_by_any".equals(step.contiguity())
                        || (step.times() != null && !(step.times() instanceof Times.Exactly)))
                .count();
        double facts = choices > 1 ? 3 + random.nextInt(3) : 4 + random.nextInt(7);
        return (int) Math.max(1, Math.round(facts * 100 / share * Life.MEAN_GAP / 60_000));
    }
}

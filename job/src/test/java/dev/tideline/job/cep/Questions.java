package dev.tideline.job.cep;

import static dev.tideline.job.cep.Truth.equal;
import static dev.tideline.job.cep.Truth.of;
import static dev.tideline.job.cep.Truth.ordered;

import dev.tideline.job.cep.Truth.Asked;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** Predicates over the facts of a {@link World}: each as a rule's author writes it, and as hand-written Java beside it. */
final class Questions {
    private static final double[] MOODS = {0.3, 0.5, 0.7};

    private final Random random;

    Questions(Random random) {
        this.random = random;
    }

    /** Something to ask of a fact of the kind; a part of it may be about facts that earlier steps took, by step their kind. */
    Asked about(String kind, Map<String, String> earlier) {
        Asked one = simple(kind, earlier);
        return switch (random.nextInt(10)) {
            case 0 -> one.and(simple(kind, earlier));
            case 1, 2 -> one.or(simple(kind, earlier));
            case 3 -> one.not();
            default -> one;
        };
    }

    /** What ends a loop, asked of facts of any kind. */
    Asked end() {
        return switch (random.nextInt(4)) {
            case 0 -> less("mood.level", 0.2);
            case 1 -> is("context.path", "/logout");
            case 2 -> is("user.account_type", "paid");
            default -> more("session.events", 5);
        };
    }

    /** A mood below the one taken before. */
    static Asked falling() {
        return toPrevious("mood.level", "<", order -> order < 0);
    }

    /** The same, and any mood where none was taken before. */
    static Asked fallingFromTheFirst() {
        Asked falling = falling();
        return new Asked("!has(prev.mood.level) || " + falling.cel(), look -> {
            boolean first = of(look.previous(), "mood.level") == null;
            return first ? Boolean.TRUE : falling.truth().of(look);
        });
    }

    Asked low() {
        return less("mood.level", MOODS[random.nextInt(MOODS.length)]);
    }

    private Asked simple(String kind, Map<String, String> earlier) {
        List<Asked> all = new ArrayList<>(ofFact(kind));
        if (!earlier.isEmpty()) {
            all.addAll(afterAnother(kind));
        }
        if (random.nextInt(4) == 0) {
            all.add(is("user.account_type", "free"));
            all.add(is("properties.industry", "SaaS"));
        }
        earlier.forEach((step, taken) -> all.addAll(ofStep(step, taken, kind)));
        return all.get(random.nextInt(all.size()));
    }

    private static List<Asked> afterAnother(String kind) {
        return switch (kind) {
            case "emotion_logged" -> List.of(falling());
            case "session" -> List.of(toPrevious("session.mood_mean", "<", order -> order < 0));
            case "page_view" ->
                List.of(new Asked("context.path != prev.context.path", look -> {
                    Boolean same = equal(look.now().get("context.path"), of(look.previous(), "context.path"));
                    return same == null ? null : Boolean.valueOf(!same);
                }));
            default -> List.of();
        };
    }

    private List<Asked> ofFact(String kind) {
        return switch (kind) {
            case "emotion_logged" ->
                List.of(
                        low(),
                        fallingFromTheFirst(),
                        new Asked(
                                "mood.lowest_of_last4 >= 2",
                                look -> ordered(look.now().get("mood.lowest_of_last4"), 2, order -> order >= 0)),
                        more("context.mood", 5),
                        new Asked(
                                "has(context.emotion) && context.emotion == \"sad\"",
                                look -> "sad".equals(look.now().get("context.emotion"))),
                        new Asked(
                                "context.emotion in [\"sad\", \"angry\", \"calm\"]",
                                look -> Truth.among(
                                        look.now().get("context.emotion"), List.of("sad", "angry", "calm"))));
            case "page_view" ->
                List.of(
                        is("context.path", "/pricing"),
                        new Asked("context.path.startsWith(\"/help\")", look -> {
                            Object path = look.now().get("context.path");
                            return path == null ? null : Boolean.valueOf(((String) path).startsWith("/help"));
                        }),
                        new Asked("size(context.path) > 6", look -> {
                            Object path = look.now().get("context.path");
                            return path == null ? null : Boolean.valueOf(((String) path).length() > 6);
                        }),
                        new Asked("context.path != prev.context.path", look -> {
                            Boolean same = equal(look.now().get("context.path"), of(look.previous(), "context.path"));
                            return same == null ? null : Boolean.valueOf(!same);
                        }));
            case "report_generated" ->
                List.of(
                        more("context.pages", 3),
                        new Asked("context.pages == 4", look -> equal(look.now().get("context.pages"), 4)),
                        new Asked("has(context.pages) ? context.pages >= 2 : false", look -> {
                            Object pages = look.now().get("context.pages");
                            return pages == null ? Boolean.FALSE : ordered(pages, 2, order -> order >= 0);
                        }),
                        new Asked(
                                "context.tags.exists(tag, tag == \"big\")",
                                look -> equal(look.now().get("context.tags"), "big")),
                        new Asked(
                                "context.share.part <= 0.5",
                                look -> ordered(look.now().get("context.share"), 0.5, order -> order <= 0)));
            case "message_sent" -> List.of(is("context.channel", "chat"));
            case "survey_response" -> List.of(less("context.score", 12.0));
            case "text" ->
                List.of(
                        new Asked(
                                "text.sentiment <= 1",
                                look -> ordered(look.now().get("text.sentiment"), 1, order -> order <= 0)),
                        more("text.negative_of_last5", 1),
                        more("text.p[0]", 0.3),
                        new Asked(
                                "text.crisis in [\"hopeless\", \"ideation\"]",
                                look -> Truth.among(look.now().get("text.crisis"), List.of("hopeless", "ideation"))),
                        new Asked("text.assessed", look -> (Boolean) look.now().get("text.assessed")));
            case "survey" ->
                List.of(
                        more("survey.score", 9),
                        more("survey.item9", 0),
                        new Asked(
                                "survey.item9 > survey.previous_item9",
                                look -> ordered(
                                        look.now().get("survey.item9"),
                                        look.now().get("survey.previous_item9"),
                                        order -> order > 0)));
            case "session" ->
                List.of(
                        new Asked(
                                "session.duration < duration(\"5m\")",
                                look -> ordered(look.now().get("session.duration"), 300, order -> order < 0)),
                        less("session.mood_mean", 0.4),
                        more("session.events", 3));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Asked> ofStep(String step, String taken, String kind) {
        List<Asked> all = new ArrayList<>();
        if (!taken.equals(kind)) {
            all.add(new Asked(step + ".event_type != event_type", look -> {
                Boolean same =
                        equal(of(look.step(step), "event_type"), look.now().get("event_type"));
                return same == null ? null : Boolean.valueOf(!same);
            }));
        }
        if (taken.equals(kind)) {
            switch (kind) {
                case "emotion_logged" -> all.add(toStep("mood.level", "<=", step, order -> order <= 0));
                case "page_view" -> all.add(toStep("context.path", "==", step, order -> order == 0));
                case "report_generated" -> all.add(toStep("context.pages", ">", step, order -> order > 0));
                case "session" -> all.add(toStep("session.events", ">", step, order -> order > 0));
                case "survey" -> all.add(toStep("survey.score", ">=", step, order -> order >= 0));
                default -> {}
            }
        } else if (taken.equals("page_view")) {
            all.add(new Asked(
                    step + ".context.path == \"/pricing\"",
                    look -> equal(of(look.step(step), "context.path"), "/pricing")));
        }
        return all;
    }

    /** A comparison that a program carries along to the operators. */
    private interface Order extends IntPredicate, Serializable {}

    private static Asked toPrevious(String name, String operator, Order holds) {
        return new Asked(
                name + ' ' + operator + " prev." + name,
                look -> ordered(look.now().get(name), of(look.previous(), name), holds));
    }

    private static Asked toStep(String name, String operator, String step, Order holds) {
        return new Asked(
                name + ' ' + operator + ' ' + step + '.' + name,
                look -> ordered(look.now().get(name), of(look.step(step), name), holds));
    }

    private static Asked less(String name, double than) {
        return new Asked(name + " < " + than, look -> ordered(look.now().get(name), than, order -> order < 0));
    }

    private static Asked more(String name, double than) {
        return new Asked(name + " > " + than, look -> ordered(look.now().get(name), than, order -> order > 0));
    }

    private static Asked more(String name, int than) {
        return new Asked(name + " > " + than, look -> ordered(look.now().get(name), than, order -> order > 0));
    }

    private static Asked is(String name, String value) {
        return new Asked(name + " == \"" + value + '"', look -> equal(look.now().get(name), value));
    }
}

package dev.tideline.patterns.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Writes rules in every form that the language has, most of them good, and spoils them. */
final class RandomRules {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> KINDS = List.of("segment", "pattern", "policy");
    private static final List<String> LEVELS = List.of("AMBER", "RED", "CRISIS");
    private static final List<String> COUNTS = List.of("at_least", "at_most", "exactly");

    /** Every word of the language, and some that are none. */
    private static final List<String> WORDS = List.of(
            ("kind id version name description enabled mode when family level sequence within raise cooldown immediate"
                            + " supporting compound due quiet all any not performed profile segment risk where at_least"
                            + " at_most exactly between step on contiguity times optional greedy consecutive until from"
                            + " to families with after resolves resolves_acknowledged AMBER RED CRISIS GREEN withn")
                    .split(" "));

    private static final List<String> TEXTS = List.of(
            ("segment pattern policy live shadow mood text survey feedback engagement burnout session mood_day quiet week"
                            + " AMBER RED CRISIS amber GREEN next followed_by followed_by_any not_next not_followed_by"
                            + " prev user size duration a A 3 -1 0s 00d 1s 400d 401d 9600h 9601h 576000m 576001m 34560000s"
                            + " 34560001s 000000007d 0000000007d 7days 1.5h family:mood family:mod family: true"
                            + " page_view page-view")
                    .split(" "));

    private static final List<JsonNode> VALUES = values();

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    /** A rule, good by itself unless chance had it otherwise. */
    ObjectNode rule() {
        String kind = one(KINDS);
        ObjectNode rule = JSON.objectNode().put("kind", kind);
        rule.put("id", one(List.of("a", "keen-ones", "x_1", "z".repeat(64))));
        rule.put("version", one(List.of(0, 1, 7, Integer.MAX_VALUE)));
        rule.put("name", one(List.of("A", "Looks, and goes away", "𝕏".repeat(200))));
        maybe(rule, "description", () -> JSON.textNode(one(List.of("", "Why.", "d".repeat(4000)))));
        maybe(rule, "enabled", this::flag);
        maybe(rule, "mode", () -> JSON.textNode(one(List.of("live", "shadow"))));
        switch (kind) {
            case "segment" -> rule.set("when", condition(0));
            case "pattern" -> pattern(rule);
            default -> policy(rule);
        }
        return rule;
    }

    /** Changes one or two things in it, each of which may make it worse, better or just different. */
    void spoil(ObjectNode rule) {
        for (int i = chance(4) ? 1 : 0; i >= 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(rule, containers);
            JsonNode container = one(containers);
            if (container instanceof ObjectNode object) {
                spoilObject(object);
            } else if (container instanceof ArrayNode list) {
                spoilList(list);
            }
        }
    }

    private void spoilObject(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        if (keys.isEmpty() || chance(4)) {
            object.set(one(WORDS), any());
            return;
        }
        String key = one(keys);
        JsonNode before = object.get(key);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> {
                object.remove(key);
                object.set(one(WORDS), before);
            }
            case 2 -> object.set(key, JSON.arrayNode().add(before));
            case 3 -> object.set(key, any());
            default -> object.set(key, likewise(key, before));
        }
    }

    /** What another rule says under the same word. */
    private JsonNode likewise(String key, JsonNode otherwise) {
        List<JsonNode> found = rule().findValues(key);
        return found.isEmpty() ? otherwise : one(found);
    }

    private void spoilList(ArrayNode list) {
        if (list.isEmpty() || chance(4)) {
            list.add(any());
            return;
        }
        int at = random.nextInt(list.size());
        switch (random.nextInt(4)) {
            case 0 -> list.remove(at);
            case 1 -> list.insert(random.nextInt(list.size()), list.get(at).deepCopy());
            case 2 -> list.add(list.remove(at));
            default -> list.set(at, any());
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(inside -> collect(inside, containers));
        }
    }

    private JsonNode any() {
        return switch (random.nextInt(8)) {
            case 0 -> condition(2);
            case 1 -> steps(1 + random.nextInt(3));
            case 2 -> step(random.nextInt(4));
            case 3 -> JSON.textNode(one(TEXTS));
            default -> one(VALUES).deepCopy();
        };
    }

    private ObjectNode condition(int depth) {
        ObjectNode condition = JSON.objectNode();
        switch (random.nextInt(depth < 3 ? 8 : 5)) {
            case 0 -> condition.set("profile", expression());
            case 1 -> condition.put("segment", one(List.of("other", "s-2")));
            case 2 -> condition.put("risk", one(LEVELS));
            case 3 -> {
                condition.set("sequence", steps(1 + random.nextInt(3)));
                condition.put("within", window());
            }
            case 4 -> performed(condition);
            case 5 -> condition.set("not", condition(depth + 1));
            default -> {
                ArrayNode parts = condition.putArray(chance(2) ? "all" : "any");
                for (int i = random.nextInt(3); i >= 0; i--) {
                    parts.add(condition(depth + 1));
                }
            }
        }
        return condition;
    }

    private void performed(ObjectNode condition) {
        condition.put("performed", one(List.of("page_view", "session", "mood_day", "survey", "text")));
        maybe(condition, "where", this::expression);
        maybe(condition, "within", () -> JSON.textNode(window()));
        if (chance(2)) {
            condition.put(one(COUNTS), one(List.of(1, 2, 1000)));
        } else if (chance(3)) {
            condition.putArray("between").add(random.nextInt(3)).add(2 + random.nextInt(3));
        }
    }

    private void pattern(ObjectNode rule) {
        rule.put("family", one(PatternReader.FAMILIES));
        String level = one(LEVELS);
        rule.put("level", level);
        boolean immediate = chance(5);
        rule.set("sequence", immediate ? steps(1) : steps(1 + random.nextInt(5)));
        rule.put("within", window());
        maybe(rule, "raise", () -> {
            ArrayNode raise = JSON.arrayNode();
            for (int i = random.nextInt(2); i >= 0; i--) {
                ObjectNode one = raise.addObject();
                one.set("when", expression());
                one.put("to", chance(2) ? level : one(LEVELS));
            }
            return raise;
        });
        maybe(rule, "cooldown", () -> JSON.textNode(chance(2) ? "0s" : window()));
        if (immediate) {
            rule.put("immediate", true);
        }
        maybe(rule, "supporting", this::flag);
    }

    private ArrayNode steps(int number) {
        ArrayNode steps = JSON.arrayNode();
        for (int i = 0; i < number; i++) {
            steps.add(step(i));
        }
        return steps;
    }

    private ObjectNode step(int number) {
        ObjectNode step = JSON.objectNode();
        step.put("step", "s" + number);
        step.put("on", one(List.of("page_view", "session", "text", "survey", "mood_day", "quiet", "week")));
        maybe(step, "where", this::expression);
        if (number > 0 && chance(5)) {
            return step.put("contiguity", one(List.of("not_next", "not_followed_by")));
        }
        if (number > 0) {
            maybe(step, "contiguity", () -> JSON.textNode(one(List.of("followed_by", "next", "followed_by_any"))));
        }
        if (chance(3)) {
            step.set("times", times());
            maybe(step, "greedy", this::flag);
            maybe(step, "consecutive", this::flag);
            if (step.get("times").has("at_least")) {
                maybe(step, "until", this::expression);
            }
        }
        if (chance(6)) {
            step.set("optional", flag());
        }
        return step;
    }

    private JsonNode times() {
        return switch (random.nextInt(3)) {
            case 0 -> JSON.numberNode(1 + random.nextInt(3));
            case 1 -> JSON.objectNode().put("at_least", 1 + random.nextInt(3));
            default -> JSON.objectNode().put("from", 1 + random.nextInt(2)).put("to", 1 + random.nextInt(4));
        };
    }

    private void policy(ObjectNode rule) {
        maybe(rule, "compound", () -> {
            ArrayNode all = JSON.arrayNode();
            for (int i = random.nextInt(2); i >= 0; i--) {
                all.add(compound());
            }
            return all;
        });
        maybe(rule, "due", () -> JSON.objectNode().put(one(LEVELS), window()));
        maybe(rule, "quiet", () -> {
            ObjectNode quiet = JSON.objectNode();
            maybe(quiet, "after", () -> JSON.textNode(window()));
            maybe(quiet, "resolves", () -> JSON.arrayNode().add("AMBER"));
            maybe(quiet, "resolves_acknowledged", JSON::arrayNode);
            return quiet;
        });
    }

    private ObjectNode compound() {
        int level = random.nextInt(3);
        ObjectNode compound = JSON.objectNode().put("level", LEVELS.get(level));
        if (chance(2)) {
            compound.put("families", 1 + random.nextInt(6));
        }
        maybe(compound, "with", () -> JSON.arrayNode().add(one(List.of("family:mood", "mood_floor"))));
        compound.put("within", window());
        return compound.put("to", LEVELS.get(Math.min(2, level + random.nextInt(3))));
    }

    private String window() {
        return one(List.of("1s", "90s", "30m", "12h", "7d", "007d", "400d", "9600h", "576000m", "34560000s"));
    }

    private JsonNode expression() {
        return chance(6) ? JSON.booleanNode(true) : JSON.textNode("user.account_type == \"free\"");
    }

    private JsonNode flag() {
        return JSON.booleanNode(chance(2));
    }

    private void maybe(ObjectNode object, String key, Supplier<JsonNode> value) {
        if (chance(3)) {
            object.set(key, value.get());
        }
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<JsonNode> values() {
        List<JsonNode> values = new ArrayList<>();
        for (int number : new int[] {-1, 0, 1, 2, 6, 7, 1000, 1001}) {
            values.add(JSON.numberNode(number));
        }
        values.add(JSON.numberNode(1L << 31));
        values.add(JSON.numberNode(1.5));
        values.add(JSON.nullNode());
        values.add(JSON.booleanNode(true));
        values.add(JSON.booleanNode(false));
        for (String text : new String[] {"", " ", "\u2003", "\u00a0", "a b"}) {
            values.add(JSON.textNode(text));
        }
        for (int length : new int[] {50, 51, 64, 65, 200, 201, 4000, 4001, 4096, 4097}) {
            values.add(JSON.textNode("a".repeat(length)));
        }
        values.add(JSON.objectNode());
        values.add(JSON.objectNode().put("at_least", 2));
        values.add(JSON.objectNode().put("from", 1).put("to", 1));
        values.add(JSON.objectNode().put("from", 2));
        values.add(JSON.objectNode().put("at_least", 2).put("to", 3));
        values.add(JSON.arrayNode());
        values.add(JSON.arrayNode().add(1).add(2));
        values.add(JSON.arrayNode().add(2).add(1));
        values.add(JSON.arrayNode().add("CRISIS"));
        return values;
    }
}

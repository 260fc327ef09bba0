package dev.tideline.patterns.rule.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the checker settled on. Where it found one overload only, CEL's runtime takes no other, even if the value turns out to
 * be of a type for which there is one: {@code 0.5 < context.plan["price"]} is an error of a whole price.
 */
final class Overloads {
    private static final Map<String, List<Class<?>>> BY_ID = byId();

    private Overloads() {}

    /** The types that an overload takes, Object for any; empty for one that takes values of all types, or itself looks. */
    static List<Class<?>> types(String id) {
        return BY_ID.getOrDefault(id, List.of());
    }

    private static Map<String, List<Class<?>>> byId() {
        Map<String, List<Class<?>>> types = new HashMap<>();
        for (String order : List.of("less", "less_equals", "greater", "greater_equals")) {
            types.put(order + "_int64", List.of(Long.class, Long.class));
            types.put(order + "_double", List.of(Double.class, Double.class));
            types.put(order + "_int64_double", List.of(Long.class, Double.class));
            types.put(order + "_double_int64", List.of(Double.class, Long.class));
            types.put(order + "_string", List.of(String.class, String.class));
            types.put(order + "_bool", List.of(Boolean.class, Boolean.class));
            types.put(order + "_timestamp", List.of(Instant.class, Instant.class));
            types.put(order + "_duration", List.of(Duration.class, Duration.class));
        }
        for (String operation : List.of("add", "subtract", "multiply", "divide", "modulo")) {
            types.put(operation + "_int64", List.of(Long.class, Long.class));
            types.put(operation + "_double", List.of(Double.class, Double.class));
        }
        types.put("add_string", List.of(String.class, String.class));
        types.put("add_list", List.of(List.class, List.class));
        types.put("add_duration_duration", List.of(Duration.class, Duration.class));
        types.put("add_timestamp_duration", List.of(Instant.class, Duration.class));
        types.put("add_duration_timestamp", List.of(Duration.class, Instant.class));
        types.put("subtract_duration_duration", List.of(Duration.class, Duration.class));
        types.put("subtract_timestamp_duration", List.of(Instant.class, Duration.class));
        types.put("subtract_timestamp_timestamp", List.of(Instant.class, Instant.class));
        types.put("negate_int64", List.of(Long.class));
        types.put("negate_double", List.of(Double.class));
        types.put("index_list", List.of(List.class, Object.class));
        types.put("index_map", List.of(Map.class, Object.class));
        types.put("in_list", List.of(Object.class, List.class));
        types.put("in_map", List.of(Object.class, Map.class));
        types.put("size_string", List.of(String.class));
        types.put("string_size", List.of(String.class));
        types.put("size_list", List.of(List.class));
        types.put("list_size", List.of(List.class));
        types.put("size_map", List.of(Map.class));
        types.put("map_size", List.of(Map.class));
        types.put("int64_to_int64", List.of(Long.class));
        types.put("double_to_int64", List.of(Double.class));
        types.put("string_to_int64", List.of(String.class));
        types.put("timestamp_to_int64", List.of(Instant.class));
        types.put("double_to_double", List.of(Double.class));
        types.put("int64_to_double", List.of(Long.class));
        types.put("string_to_double", List.of(String.class));
        for (String part : List.of("hours", "minutes", "seconds", "milliseconds")) {
            types.put("duration_to_" + part, List.of(Duration.class));
        }
        for (String part : List.of(
                "year",
                "month",
                "day_of_month",
                "day_of_month_1_based",
                "day_of_week",
                "day_of_year",
                "hours",
                "minutes",
                "seconds",
                "milliseconds")) {
            types.put("timestamp_to_" + part, List.of(Instant.class));
            types.put("timestamp_to_" + part + "_with_tz", List.of(Instant.class, String.class));
        }
        return Map.copyOf(types);
    }

    /** The node as a value of that type: of any other it is an error. */
    static <S> Node<S> as(Class<?> type, Node<S> node) {
        if (type == Object.class || type.isInstance(Constant.of(node))) {
            return node;
        }
        if (type == Long.class) {
            return Arithmetic.whole(node);
        }
        if (type == Double.class) {
            return Arithmetic.fraction(node);
        }
        if (type == Boolean.class) {
            return Logic.condition(node);
        }
        if (type == Map.class && node instanceof Members<S>) {
            return node;
        }
        return (Thing<S>) trial -> {
            Object value = node.boxed(trial);
            return type.isInstance(value) ? value : null;
        };
    }
}

package dev.tideline.patterns.rule.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.values.NullValue;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as CEL values: whole numbers that fit 64 bits are int, others double. What is no JSON is an empty object or missing:
 * documents are refused long before they come here.
 */
public final class JsonValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Objects of each thread that were asked for last: a fact, the one before it, and a few steps. A power of two. */
    private static final int REMEMBERED = 8;

    private static final ThreadLocal<Last> LAST = ThreadLocal.withInitial(Last::new);

    private JsonValues() {}

    /** The object that the text holds, read once for as long as the same string is asked for. Not to be kept. */
    public static JsonObject object(String json) {
        return LAST.get().object(json);
    }

    /** Properties by name, each parsed when asked for. */
    public static Map<String, Object> properties(Map<String, String> jsonByName) {
        return new Properties(jsonByName);
    }

    /** One of the properties; null if there is none of that name, or it is JSON's null. */
    public static @Nullable Object property(Map<String, String> jsonByName, String name) {
        String json = jsonByName.get(name);
        return json == null ? null : propertyValue(json);
    }

    private static @Nullable Object propertyValue(String json) {
        Object plain = JsonText.onlyPlain(json);
        if (plain != null) {
            return plain.equals(NullValue.NULL_VALUE) ? null : plain;
        }
        JsonNode node = parse(json);
        return node.isMissingNode() || node.isNull() ? null : value(node);
    }

    static Map<String, Object> parseObject(String json) {
        return members(parse(json));
    }

    static Object parseValue(String json) {
        return value(parse(json));
    }

    /** The objects that one thread asked for last, the oldest of which makes room for the next. */
    private static final class Last {
        private final JsonObject[] objects = new JsonObject[REMEMBERED];
        private int newest;

        Last() {
            Arrays.setAll(objects, i -> new JsonObject());
        }

        JsonObject object(String json) {
            for (int i = 0; i < REMEMBERED; i++) {
                JsonObject known = objects[(newest - i) & (REMEMBERED - 1)];
                if (known.holds(json)) {
                    return known;
                }
            }
            newest = (newest + 1) & (REMEMBERED - 1);
            objects[newest].read(json);
            return objects[newest];
        }
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static Map<String, Object> members(JsonNode object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> elements(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : (Object) node.doubleValue();
            case NULL, MISSING, BINARY, POJO -> NullValue.NULL_VALUE;
        };
    }

    private static List<Object> elements(JsonNode array) {
        List<Object> elements = new ArrayList<>(array.size());
        array.forEach(element -> elements.add(value(element)));
        return elements;
    }

    private static final class Properties extends AbstractMap<String, Object> {
        private final Map<String, String> jsonByName;

        Properties(Map<String, String> jsonByName) {
            this.jsonByName = jsonByName;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            String json = jsonByName.get(name);
            return json == null ? null : propertyValue(json);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return get(name) != null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> present = new LinkedHashMap<>();
            jsonByName.keySet().forEach(name -> {
                Object value = get(name);
                if (value != null) {
                    present.put(name, value);
                }
            });
            return present.entrySet();
        }
    }
}

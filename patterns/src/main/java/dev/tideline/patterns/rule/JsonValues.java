package dev.tideline.patterns.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.values.NullValue;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as CEL values: whole numbers that fit 64 bits are int, others double. What is no JSON is an empty object or missing:
 * documents are refused long before they come here.
 */
final class JsonValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Objects of each thread that were asked for last: a fact, the one before it, and a few steps. */
    private static final int REMEMBERED = 4;

    private static final ThreadLocal<Deque<Parsed>> LAST = ThreadLocal.withInitial(ArrayDeque::new);

    private record Parsed(String json, Map<String, Object> object) {}

    private JsonValues() {}

    /** The object that the text holds, parsed once for as long as the same string is asked for. */
    @SuppressWarnings("ReferenceEquality") // The cache goes by identity: comparing the text would cost what it saves.
    static Map<String, Object> object(String json) {
        Deque<Parsed> remembered = LAST.get();
        for (Parsed parsed : remembered) {
            if (parsed.json() == json) {
                return parsed.object();
            }
        }
        Map<String, Object> object = members(parse(json));
        if (remembered.size() == REMEMBERED) {
            remembered.removeLast();
        }
        remembered.addFirst(new Parsed(json, object));
        return object;
    }

    /** Properties by name, each parsed when asked for. */
    static Map<String, Object> properties(Map<String, String> jsonByName) {
        return new Properties(jsonByName);
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
            JsonNode node = json == null ? MissingNode.getInstance() : parse(json);
            return node.isMissingNode() || node.isNull() ? null : value(node);
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

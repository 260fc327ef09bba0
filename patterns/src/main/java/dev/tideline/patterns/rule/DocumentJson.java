package dev.tideline.patterns.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A composed document as JSON. Only for documents that were found good. */
final class DocumentJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DocumentJson() {}

    static String of(Node node) {
        return convert(node).toString();
    }

    private static JsonNode convert(Node node) {
        if (node instanceof MappingNode object) {
            ObjectNode members = JSON.objectNode();
            object.getValue()
                    .forEach(member ->
                            members.set(((ScalarNode) member.getKeyNode()).getValue(), convert(member.getValueNode())));
            return members;
        }
        if (node instanceof SequenceNode list) {
            ArrayNode elements = JSON.arrayNode();
            list.getValue().forEach(element -> elements.add(convert(element)));
            return elements;
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : JSON.nullNode();
    }

    private static JsonNode scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(scalar.getValue()));
        }
        if (tag.equals(Tag.INT)) {
            return JSON.numberNode(new BigInteger(scalar.getValue()));
        }
        if (tag.equals(Tag.FLOAT)) {
            return JSON.numberNode(new BigDecimal(scalar.getValue()));
        }
        return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(scalar.getValue());
    }
}

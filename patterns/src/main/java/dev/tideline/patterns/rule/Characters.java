package dev.tideline.patterns.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds what escapes such as {@code "\0"} can bring into a text, and neither a terminal nor a database would take. */
final class Characters {
    private Characters() {}

    /** Looks at every key and value of a document, however deep. */
    static void check(Findings findings, Node document) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(document);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof MappingNode object) {
                object.getValue().forEach(field -> {
                    open.push(field.getKeyNode());
                    open.push(field.getValueNode());
                });
            } else if (node instanceof SequenceNode list) {
                list.getValue().forEach(open::push);
            } else if (node instanceof ScalarNode scalar) {
                check(findings, scalar);
            }
        }
    }

    private static void check(Findings findings, ScalarNode scalar) {
        scalar.getValue()
                .codePoints()
                .filter(Characters::forbidden)
                .findFirst()
                .ifPresent(character -> findings.add(
                        findings.place(scalar.getStartMark()),
                        "",
                        String.format("the character U+%04X", character),
                        "text without control characters and half characters",
                        null));
    }

    private static boolean forbidden(int character) {
        boolean control =
                Character.isISOControl(character) && character != '\n' && character != '\t' && character != '\r';
        return control || Character.getType(character) == Character.SURROGATE;
    }
}

package dev.tideline.patterns.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of an object in a document. */
final class Fields {
    private final Part owner;
    private final Map<String, Part> byKey;

    private Fields(Part owner, Map<String, Part> byKey) {
        this.owner = owner;
        this.byKey = byKey;
    }

    static Fields of(Part owner, @Nullable Node node, Set<String> known) {
        Map<String, Part> byKey = new LinkedHashMap<>();
        if (!(node instanceof MappingNode object)) {
            owner.wrong(owner.inWords(), "an object");
            return new Fields(new Part(owner.findings(), owner.path(), null), byKey);
        }
        for (NodeTuple field : object.getValue()) {
            take(owner, field, known, byKey);
        }
        return new Fields(owner, byKey);
    }

    private static void take(Part owner, NodeTuple field, Set<String> known, Map<String, Part> byKey) {
        if (!(field.getKeyNode() instanceof ScalarNode key)) {
            owner.member("?", field.getKeyNode()).wrong("a key that is not text", "a word");
            return;
        }
        Part named = owner.member(key.getValue(), key);
        if (!known.contains(key.getValue())) {
            List<String> words = List.copyOf(new TreeSet<>(known));
            named.wrong("unknown key `" + key.getValue() + "`", Part.oneOf(words), NearMiss.of(key.getValue(), words));
        } else if (byKey.containsKey(key.getValue())) {
            named.wrong("`" + key.getValue() + "` a second time", "each key once");
        } else {
            byKey.put(key.getValue(), owner.member(key.getValue(), field.getValueNode()));
        }
    }

    /** A field of an object whose other keys are not looked at. */
    static Optional<Part> any(Part owner, Node node, String key) {
        return node instanceof MappingNode object
                ? object.getValue().stream()
                        .filter(field -> field.getKeyNode() instanceof ScalarNode named
                                && named.getValue().equals(key))
                        .findFirst()
                        .map(field -> owner.member(key, field.getValueNode()))
                : Optional.empty();
    }

    /** The key of an object that was perhaps meant to be this one. */
    static @Nullable String nearMiss(Node node, String key) {
        return node instanceof MappingNode object
                        && object.getValue().stream()
                                .map(NodeTuple::getKeyNode)
                                .anyMatch(named -> named instanceof ScalarNode scalar
                                        && NearMiss.of(scalar.getValue(), List.of(key)) != null)
                ? key
                : null;
    }

    Part owner() {
        return owner;
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    Optional<Part> optional(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The field's value; reported if there is none. */
    Part required(String key, String what) {
        Part part = byKey.get(key);
        if (part == null) {
            owner.wrong("no `" + key + "`", "`" + key + "`: " + what);
            return new Part(owner.findings(), owner.path() + "/" + key, null);
        }
        return part;
    }
}

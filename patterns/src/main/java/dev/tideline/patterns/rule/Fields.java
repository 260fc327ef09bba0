package dev.tideline.patterns.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The fields of an object in a document. */
final class Fields {
    /** Where the words of the language belong, for those who put them elsewhere. */
    private static final Map<String, String> HOMES = homes();

    private final Part owner;
    private final Map<String, Part> byKey = new LinkedHashMap<>();
    /** Keys that a misspelt one was probably meant to be: they are not missed as well. */
    private final Set<String> meant = new HashSet<>();

    private Fields(Part owner) {
        this.owner = owner;
    }

    static Fields of(Part owner, @Nullable Node node, Set<String> known) {
        if (!(node instanceof MappingNode object)) {
            owner.wrong(owner.inWords(), "an object with " + String.join(", ", new TreeSet<>(known)));
            return new Fields(new Part(owner.findings(), owner.path(), null));
        }
        Fields fields = new Fields(owner);
        object.getValue().forEach(field -> fields.take(field, known));
        return fields;
    }

    private static Map<String, String> homes() {
        Map<String, String> homes = new HashMap<>();
        homes.put("within", "stands beside `performed` and beside `sequence`");
        homes.put("where", "stands beside `performed` and in steps");
        homes.put("sequence", "stands in patterns and under a segment's `when`");
        homes.put("when", "stands in segments");
        List.of("at_least", "at_most", "exactly", "between")
                .forEach(key -> homes.put(key, "stands beside `performed`"));
        List.of("performed", "profile", "risk", "segment", "all", "any", "not")
                .forEach(key -> homes.put(key, "stands under a segment's `when`"));
        List.of("family", "level", "raise", "cooldown", "immediate", "supporting")
                .forEach(key -> homes.put(key, "stands in patterns"));
        List.of("compound", "due", "quiet").forEach(key -> homes.put(key, "stands in policies"));
        List.of("step", "on", "contiguity", "times", "optional", "greedy", "consecutive", "until")
                .forEach(key -> homes.put(key, "stands in the steps of a sequence"));
        return homes;
    }

    private void take(NodeTuple field, Set<String> known) {
        if (!(field.getKeyNode() instanceof ScalarNode key)) {
            owner.member("?", field.getKeyNode()).wrong("a key that is not text", "a word");
            return;
        }
        Part named = owner.member(key.getValue(), key);
        if (!known.contains(key.getValue())) {
            List<String> words = List.copyOf(new TreeSet<>(known));
            String near = owner.findings().full() ? null : NearMiss.of(key.getValue(), words);
            String home = near == null && HOMES.containsKey(key.getValue())
                    ? "; `" + key.getValue() + "` " + HOMES.get(key.getValue())
                    : "";
            named.wrong("unknown key `" + key.getValue() + "`", Part.oneOf(words) + home, near);
            if (near != null) {
                meant.add(near);
            }
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

    /** The key of an object that was perhaps meant to be the given one, for a message: {@code but `knd`}; or nothing. */
    static String nearMiss(Node node, String key) {
        Stream<NodeTuple> fields = node instanceof MappingNode object ? object.getValue().stream() : Stream.empty();
        return fields.map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance)
                .map(named -> ((ScalarNode) named).getValue())
                .filter(written -> NearMiss.of(written, List.of(key)) != null)
                .findFirst()
                .map(written -> " but `" + written + "`")
                .orElse("");
    }

    /** Whether a key that nobody knows stood in the object, and one came near. */
    boolean misspelt() {
        return !meant.isEmpty();
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
        if (part == null && meant.contains(key)) {
            return new Part(owner.findings(), owner.path() + "/" + key, null);
        }
        if (part == null) {
            owner.wrong("no `" + key + "`", "`" + key + "`: " + what);
            return new Part(owner.findings(), owner.path() + "/" + key, null);
        }
        return part;
    }
}

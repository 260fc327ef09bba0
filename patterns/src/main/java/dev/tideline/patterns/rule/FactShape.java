package dev.tideline.patterns.rule;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record as predicates see it: for each field its name in a document, its CEL type and how to read it. A field whose value
 * is null counts as missing.
 *
 * @param <T> the record
 */
final class FactShape<T> {
    private final Map<String, Field<T>> fields = new LinkedHashMap<>();
    private final String name;

    private record Field<T>(CelType type, Function<T, @Nullable Object> read) {}

    FactShape(String name) {
        this.name = name;
    }

    /** Adds a field; the reader gives long, double, boolean, String, Instant, Duration, List or Map, or null. */
    FactShape<T> with(String field, CelType type, Function<T, @Nullable Object> read) {
        fields.put(field, new Field<>(type, read));
        return this;
    }

    Set<String> fieldNames() {
        return fields.keySet();
    }

    /** The declaration against which expressions are checked. */
    StructType type() {
        ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
        fields.forEach((field, known) -> types.put(field, known.type()));
        ImmutableMap<String, CelType> typeByField = types.buildOrThrow();
        return StructType.create(
                "tideline." + name, typeByField.keySet(), field -> Optional.ofNullable(typeByField.get(field)));
    }

    /** The value at run time; nothing is read before it is asked for. A null value has no fields. */
    Map<String, Object> view(@Nullable T value) {
        return value == null ? Map.of() : new View<>(this, value);
    }

    private @Nullable Object read(T value, Object field) {
        Field<T> known = fields.get(field);
        return known == null ? null : known.read().apply(value);
    }

    /** CEL selects fields of structs by asking a map for its keys. */
    private static final class View<T> extends AbstractMap<String, Object> {
        private final FactShape<T> shape;
        private final T value;

        View(FactShape<T> shape, T value) {
            this.shape = shape;
            this.value = value;
        }

        @Override
        public @Nullable Object get(@Nullable Object field) {
            return field == null ? null : shape.read(value, field);
        }

        @Override
        public boolean containsKey(@Nullable Object field) {
            return get(field) != null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> present = new LinkedHashMap<>();
            for (String field : shape.fields.keySet()) {
                Object read = shape.read(value, field);
                if (read != null) {
                    present.put(field, read);
                }
            }
            return present.entrySet();
        }
    }
}

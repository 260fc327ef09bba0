package dev.tideline.patterns.rule;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A record as predicates see it: for each field its name in a document, its CEL type and how to read it. A field whose value
 * is null counts as missing.
 *
 * @param <T> the record
 */
final class FactShape<T> {
    /** Says that a whole number is missing: no field can have this value. */
    static final long MISSING = Long.MIN_VALUE;

    private final Map<String, Field<T>> fields = new LinkedHashMap<>();
    private final String name;

    /** A field and how it is read. */
    sealed interface Field<T> {
        CelType type();

        /** The value as CEL has it; null if the field is missing. */
        @Nullable
        Object read(T value);
    }

    /** A whole number, read without being boxed; {@link #MISSING} if it is missing. */
    record Whole<T>(ToLongFunction<T> reader) implements Field<T> {
        @Override
        public CelType type() {
            return SimpleType.INT;
        }

        @Override
        public @Nullable Object read(T value) {
            long number = reader.applyAsLong(value);
            return number == MISSING ? null : (Object) number;
        }
    }

    /** A double, boxed in the record itself. */
    record Fraction<T>(Function<T, @Nullable Double> reader) implements Field<T> {
        @Override
        public CelType type() {
            return SimpleType.DOUBLE;
        }

        @Override
        public @Nullable Object read(T value) {
            return reader.apply(value);
        }
    }

    /** A boolean. */
    record Truth<T>(Function<T, @Nullable Boolean> reader) implements Field<T> {
        @Override
        public CelType type() {
            return SimpleType.BOOL;
        }

        @Override
        public @Nullable Object read(T value) {
            return reader.apply(value);
        }
    }

    /** A String, Instant, Duration, List or Map. */
    record Thing<T>(CelType type, Function<T, @Nullable Object> reader) implements Field<T> {
        @Override
        public @Nullable Object read(T value) {
            return reader.apply(value);
        }
    }

    FactShape(String name) {
        this.name = name;
    }

    /** Adds a whole number; the reader gives {@link #MISSING} where there is none. */
    FactShape<T> whole(String field, ToLongFunction<T> reader) {
        return with(field, new Whole<>(reader));
    }

    /** Adds a double. */
    FactShape<T> fraction(String field, Function<T, @Nullable Double> reader) {
        return with(field, new Fraction<>(reader));
    }

    /** Adds a boolean. */
    FactShape<T> truth(String field, Function<T, @Nullable Boolean> reader) {
        return with(field, new Truth<>(reader));
    }

    /** Adds a field of another type; the reader gives String, Instant, Duration, List or Map, or null. */
    FactShape<T> with(String field, CelType type, Function<T, @Nullable Object> reader) {
        return with(field, new Thing<>(type, reader));
    }

    private FactShape<T> with(String field, Field<T> read) {
        fields.put(field, read);
        return this;
    }

    Set<String> fieldNames() {
        return fields.keySet();
    }

    /** A declared field. */
    Field<T> field(String field) {
        Field<T> known = fields.get(field);
        if (known == null) {
            throw new IllegalArgumentException(name + " has no field " + field);
        }
        return known;
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
        return known == null ? null : known.read(value);
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

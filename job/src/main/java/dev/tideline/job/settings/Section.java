package dev.tideline.job.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the settings under its path. Reading a key that is wrong notes a complaint and goes on with the default, so that
 * all complaints come at once.
 */
final class Section {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final String path;
    private final Map<?, ?> values;
    private final Function<String, @Nullable String> environment;
    private final List<String> complaints;
    private final Set<Object> known = new HashSet<>();

    Section(String path, Map<?, ?> values, Function<String, @Nullable String> environment, List<String> complaints) {
        this.path = path;
        this.values = values;
        this.environment = environment;
        this.complaints = complaints;
    }

    Section section(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof Map)) {
            complain(key, "must be a group of settings");
        }
        Map<?, ?> inner = value instanceof Map<?, ?> map ? map : Map.of();
        return new Section(at(key), inner, environment, complaints);
    }

    String text(String key, String byDefault) {
        String text = optionalText(key);
        return text == null ? byDefault : text;
    }

    /** A text that has no default. */
    String requiredText(String key) {
        String text = optionalText(key);
        if (text == null) {
            complain(key, "is required");
        }
        return text == null ? "" : text;
    }

    @Nullable
    String optionalText(String key) {
        Object value = take(key);
        if (value instanceof Map || value instanceof List) {
            complain(key, "must be a single value");
            return null;
        }
        return value == null ? null : resolve(key, value.toString());
    }

    @Nullable
    Secret secret(String key) {
        String text = optionalText(key);
        return text == null ? null : new Secret(text);
    }

    Duration duration(String key, Duration byDefault) {
        String text = optionalText(key);
        Duration read = text == null ? byDefault : Durations.read(text);
        if (read == null) {
            complain(key, "must be a duration such as 500ms, 90s, 30m, 12h or 7d");
        }
        return read == null ? byDefault : read;
    }

    int integer(String key, int byDefault) {
        Integer read = optionalInteger(key);
        return read == null ? byDefault : read;
    }

    @Nullable
    Integer optionalInteger(String key) {
        String text = optionalText(key);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            complain(key, "must be a whole number");
            return null;
        }
    }

    boolean flag(String key, boolean byDefault) {
        String text = optionalText(key);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            complain(key, "must be true or false");
        }
        return text == null ? byDefault : text.equals("true");
    }

    <E extends Enum<E>> E choice(String key, E byDefault) {
        String text = optionalText(key);
        for (E constant : byDefault.getDeclaringClass().getEnumConstants()) {
            if (text == null || constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return text == null ? byDefault : constant;
            }
        }
        complain(
                key,
                "must be one of "
                        + List.of(byDefault.getDeclaringClass().getEnumConstants())
                                .toString()
                                .toLowerCase(Locale.ROOT));
        return byDefault;
    }

    List<String> texts(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof List)) {
            complain(key, "must be a list");
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(entry -> texts.add(String.valueOf(entry)));
        }
        return texts;
    }

    Map<String, String> textMap(String key) {
        Object value = take(key);
        if (value != null && !(value instanceof Map)) {
            complain(key, "must be a group of names and values");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (name, entry) -> texts.put(String.valueOf(name), resolve(key + "." + name, String.valueOf(entry))));
        }
        return texts;
    }

    /** Makes the section's record; a value that the record refuses becomes a complaint, and the fallback stands in. */
    <T> T make(Supplier<T> record, T fallback) {
        for (Object key : values.keySet()) {
            if (!known.contains(key)) {
                complain(String.valueOf(key), "is not a setting");
            }
        }
        try {
            return record.get();
        } catch (Checks.BadSetting e) {
            complain(e.key, e.getMessage());
            return fallback;
        }
    }

    private String resolve(String key, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String name = matcher.group(2);
        String found = matcher.group(1).equals("env") ? environment.apply(name) : contents(name);
        if (found == null) {
            complain(
                    key,
                    matcher.group(1).equals("env")
                            ? "refers to the environment variable " + name + ", which is not set"
                            : "refers to the file " + name + ", which cannot be read");
        }
        return found == null ? "" : found;
    }

    private static @Nullable String contents(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private @Nullable Object take(String key) {
        known.add(key);
        return values.get(key);
    }

    private void complain(String key, @Nullable String complaint) {
        complaints.add(at(key) + " " + complaint);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

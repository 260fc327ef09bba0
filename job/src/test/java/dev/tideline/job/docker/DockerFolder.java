package dev.tideline.job.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The folder {@code docker/} of this checkout. */
public final class DockerFolder {

    private static final Path FOLDER = Path.of("..", "docker").toAbsolutePath().normalize();

    private DockerFolder() {}

    /** A file or folder of it. */
    public static Path path(String name) {
        return FOLDER.resolve(name);
    }

    /** The text of a file. */
    public static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only document of a YAML file, by YAML 1.1 with merge keys, as Compose and Kubernetes read it. */
    public static Map<String, Object> yaml(String name) {
        return documents(name).get(0);
    }

    static List<Map<String, Object>> documents(String name) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(text(name))
                .forEach(document -> documents.add(group(document)));
        return documents;
    }

    /** What stands under a path of keys in a document. */
    public static Map<String, Object> group(Map<String, Object> document, String... path) {
        Map<String, Object> found = document;
        for (String key : path) {
            found = group(found.get(key));
        }
        return found;
    }

    /** A single value, as text; an absent key fails the test. */
    public static String value(Map<String, Object> group, String key) {
        Object value = group.get(key);
        if (value == null) {
            throw new AssertionError("there is no " + key + " in " + group.keySet());
        }
        return value.toString();
    }

    @SuppressWarnings("unchecked") // YAML's mappings here have text for keys
    private static Map<String, Object> group(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new AssertionError("expected a group of keys, found " + value);
    }
}

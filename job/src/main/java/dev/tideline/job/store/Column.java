package dev.tideline.job.store;

import java.util.List;
import java.util.stream.Stream;

/**
 * A column, and how the text that a row carries becomes its value.
 *
 * @param name in SQL
 * @param type a PostgreSQL type, or {@code base64} for bytes that travel so
 */
record Column(String name, String type) {

    /** From a list such as {@code "user_id uuid, sealed_text base64"}. */
    static List<Column> list(String columns) {
        return Stream.of(columns.split(","))
                .map(column -> column.trim().split(" +"))
                .map(words -> new Column(words[0], words[1]))
                .toList();
    }

    /** The expression that reads the column from its text. */
    String read() {
        return type.equals("base64") ? "decode(" + name + ", 'base64')" : name + "::" + type;
    }
}

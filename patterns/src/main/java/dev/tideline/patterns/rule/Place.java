package dev.tideline.patterns.rule;

/**
 * Where something stands in a document.
 *
 * @param file the file's name, or the key of the record that held the document
 * @param line from 1
 * @param column from 1, in code points
 */
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}

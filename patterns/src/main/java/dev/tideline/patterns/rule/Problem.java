package dev.tideline.patterns.rule;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a rule document.
 *
 * @param path in the document, as a JSON pointer; empty for the document itself
 * @param found what stands there, in words
 * @param expected what should
 * @param suggestion the known word that comes closest, if one comes close
 */
public record Problem(
        Place place,
        String path,
        String found,
        String expected,
        @Nullable String suggestion) {

    /** By file, line and column. */
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    /** The same with a suggestion, or none. */
    Problem suggesting(@Nullable String word) {
        return new Problem(place, path, found, expected, word);
    }

    /** The file's name. */
    public String file() {
        return place.file();
    }

    /** The line, from 1. */
    public int line() {
        return place.line();
    }

    /** The column, from 1. */
    public int column() {
        return place.column();
    }

    /** Found, expected and the suggestion, without the place: what {@code rule-status} says as the reason. */
    public String reason() {
        String hint = suggestion == null ? "" : " (did you mean `" + suggestion + "`?)";
        return "found " + found + ", expected " + expected + hint;
    }

    /** One line for a person: {@code file:line:column: path: found …, expected … (did you mean …?)}. */
    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "/" : path) + ": " + reason();
    }
}

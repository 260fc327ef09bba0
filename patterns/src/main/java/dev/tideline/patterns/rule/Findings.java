package dev.tideline.patterns.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong in one text, up to a bound. Not for use by several threads. */
final class Findings {
    /** More than anybody reads; what is beyond is counted. */
    static final int MOST_TOLD = 100;

    private static final int LONGEST = 200;

    private final String file;
    private final String text;
    private final String[] lines;
    private final List<Problem> problems = new ArrayList<>();
    private int count;

    Findings(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = text.split("\\R", -1);
    }

    void add(Place place, String path, String found, String expected, @Nullable String suggestion) {
        count++;
        if (count <= MOST_TOLD) {
            problems.add(new Problem(place, path, shorten(found), expected, suggestion));
        }
    }

    /** Whether further problems are only counted. */
    boolean full() {
        return count >= MOST_TOLD;
    }

    /** How many there are, told or not. */
    int count() {
        return count;
    }

    List<Problem> problems() {
        List<Problem> told = new ArrayList<>(problems);
        if (count > MOST_TOLD) {
            Place last = problems.get(MOST_TOLD - 1).place();
            told.add(new Problem(
                    last, "", (count - MOST_TOLD) + " more problems", "those above to be solved first", null));
        }
        return List.copyOf(told);
    }

    Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(start());
    }

    Place start() {
        return new Place(file, 1, 1);
    }

    /** The place of the character at an index, counted in code points from 0. */
    Place placeOfCharacter(int index) {
        int end = text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
        String[] before = text.substring(0, end).split("\\R", -1);
        String line = before[before.length - 1];
        return new Place(file, before.length, line.codePointCount(0, line.length()) + 1);
    }

    /** A place in a block of text whose lines are those of the file: the indentation comes on top of the column. */
    Place inBlock(int line, int column) {
        String written = line <= lines.length ? lines[line - 1] : "";
        return new Place(file, line, written.length() - written.stripLeading().length() + column + 1);
    }

    /** What stands in the file at the place, to its line's end. */
    String textAt(Place place) {
        String line = place.line() <= lines.length ? lines[place.line() - 1] : "";
        return place.column() <= line.length() ? line.substring(place.column() - 1) : "";
    }

    private static String shorten(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }
}

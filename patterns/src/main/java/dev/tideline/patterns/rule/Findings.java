package dev.tideline.patterns.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong in one text. Not for use by several threads. */
final class Findings {
    private final String file;
    private final String[] lines;
    private final List<Problem> problems = new ArrayList<>();

    Findings(String file, String text) {
        this.file = file;
        this.lines = text.split("\\R", -1);
    }

    void add(Place place, String path, String found, String expected, @Nullable String suggestion) {
        problems.add(new Problem(place, path, found, expected, suggestion));
    }

    int count() {
        return problems.size();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Place place(Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElse(start());
    }

    Place start() {
        return new Place(file, 1, 1);
    }

    /** A place in a block of text whose lines are those of the file: the indentation comes on top of the column. */
    Place inBlock(int line, int column) {
        String text = line <= lines.length ? lines[line - 1] : "";
        return new Place(file, line, text.length() - text.stripLeading().length() + column + 1);
    }

    /** What stands in the file at the place, to its line's end. */
    String textAt(Place place) {
        String line = place.line() <= lines.length ? lines[place.line() - 1] : "";
        return place.column() <= line.length() ? line.substring(place.column() - 1) : "";
    }
}

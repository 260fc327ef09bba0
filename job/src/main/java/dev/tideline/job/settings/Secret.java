package dev.tideline.job.settings;

import java.io.Serializable;

/** A value that must not be seen: it prints as {@code ***}. */
public record Secret(String value) implements Serializable {
    @Override
    public String toString() {
        return "***";
    }
}

package dev.tideline.job.settings;

import java.util.List;

/** Settings that cannot be used; the message has a line for each that is wrong, with its path. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String file, List<String> complaints) {
        super(String.join("\n", complaints.stream().map(c -> file + ": " + c).toList()));
    }
}

package dev.tideline.job.settings;

import java.time.Duration;

/** What a setting must satisfy; a breach names the key. */
final class Checks {
    private Checks() {}

    static void that(boolean holds, String key, String complaint) {
        if (!holds) {
            throw new BadSetting(key, complaint);
        }
    }

    static void present(String key, String value) {
        that(!value.isBlank(), key, "must not be empty");
    }

    static void between(String key, long value, long least, long most) {
        that(value >= least && value <= most, key, "must be between " + least + " and " + most + ", is " + value);
    }

    static void atLeast(String key, Duration value, Duration least) {
        that(
                value.compareTo(least) >= 0,
                key,
                "must be at least " + Durations.words(least) + ", is " + Durations.words(value));
    }

    /** A value that does not do, under its key within its section. */
    static final class BadSetting extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        final String key;

        BadSetting(String key, String complaint) {
            super(complaint);
            this.key = key;
        }
    }
}

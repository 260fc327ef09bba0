package dev.tideline.job.person;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/** One value of the current user in state: read when it is first asked for, written back only if it was set. */
final class Slot<T> {
    private final ValueState<T> state;
    private @Nullable T value;
    private boolean read;
    private boolean written;

    Slot(ValueState<T> state) {
        this.state = state;
    }

    /** What is there; null if nothing is. */
    @Nullable
    T get() {
        if (!read) {
            try {
                value = state.value();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            read = true;
        }
        return value;
    }

    /** Puts a value in its place; null leaves nothing. */
    void set(@Nullable T next) {
        written = written || next != null || get() != null;
        value = next;
        read = true;
    }

    void save() {
        if (!written) {
            return;
        }
        try {
            if (value == null) {
                state.clear();
            } else {
                state.update(value);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        written = false;
    }
}

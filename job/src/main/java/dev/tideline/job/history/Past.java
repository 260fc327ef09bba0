package dev.tideline.job.history;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where it is kept what users did. */
public interface Past extends Serializable {
    /** How many months back anything is kept. */
    int months();

    /**
     * Goes through all users in the order of their ids, and through each one's past in the order in which it was taken.
     * Connects to nothing yet.
     *
     * @param after begins with the first user after this one; null = with the first
     */
    Reading read(Question question, @Nullable String after);

    /** A way through the past. For one thread, but for {@link #close}. */
    interface Reading extends AutoCloseable {
        /**
         * The next pages; waits for as long as what is read from is away.
         *
         * @return null at the end
         * @throws InterruptedException if interrupted, or closed meanwhile
         */
        @Nullable
        Page next() throws InterruptedException;

        /** Ends it, from any thread: whoever waits for an answer need not wait any longer. May be called again. */
        @Override
        void close();
    }

    /**
     * Some of the past.
     *
     * @param remembered in order; may be empty
     * @param through up to and with this user everything is on this page or before it; null if that is nobody yet
     * @param done so many users are through, of those after the one that reading began with
     * @param users how many there are, by and large
     */
    record Page(List<Remembered> remembered, @Nullable String through, long done, long users) {}
}

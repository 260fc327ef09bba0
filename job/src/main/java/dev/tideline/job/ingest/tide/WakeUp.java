package dev.tideline.job.ingest.tide;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One future that is done when either of two things happens: another future is done, or {@link #ring()} was called. Holds
 * on to one callback for each other future, however often it is asked. {@link #either} belongs to one thread.
 */
final class WakeUp {
    private volatile CompletableFuture<Void> signal = new CompletableFuture<>();
    private @Nullable Future<?> watched;

    /** Completes what was given out last. Any thread. */
    void ring() {
        signal.complete(null);
    }

    /** Done as soon as {@code other} is done or the bell rings. */
    CompletableFuture<Void> either(CompletableFuture<Void> other) {
        if (other.isDone()) {
            return other;
        }
        if (signal.isDone()) {
            signal = new CompletableFuture<>();
        }
        if (watched != other) {
            watched = other;
            CompletableFuture<Void> unused = other.whenComplete((nothing, failure) -> ring());
        }
        if (other.isDone()) { // it may have rung the bell before the last one
            ring();
        }
        return signal;
    }
}

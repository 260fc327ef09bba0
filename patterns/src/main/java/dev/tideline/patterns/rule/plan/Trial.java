package dev.tideline.patterns.rule.plan;

import org.jspecify.annotations.Nullable;

/**
 * One evaluation under way. Used again and again by one thread: an evaluation allocates nothing.
 *
 * <p>Numbers are primitive, so a number that could not be had is told here: whoever reads one looks at {@code failed}
 * afterwards and takes it back by turning it into an error of its own kind.
 *
 * @param <S> what is asked about
 */
public final class Trial<S> {
    private @Nullable S subject;
    private boolean failed;

    /** Evaluates for the subject: {@link Truth#TRUE}, {@link Truth#FALSE} or {@link Truth#ERROR}. Never throws. */
    public int of(Truth<S> truth, S asked) {
        subject = asked;
        failed = false;
        try {
            return truth.truth(this);
        } finally {
            subject = null;
        }
    }

    /** What is asked about. */
    public S subject() {
        S asked = subject;
        if (asked == null) {
            throw new IllegalStateException("nothing is being evaluated");
        }
        return asked;
    }

    /** Says that there is no such number; the caller returns any. */
    public void fail() {
        failed = true;
    }

    /** Whether a number could not be had since this was asked last. */
    boolean takeFailure() {
        boolean taken = failed;
        if (taken) {
            failed = false;
        }
        return taken;
    }

    boolean hasFailed() {
        return failed;
    }
}

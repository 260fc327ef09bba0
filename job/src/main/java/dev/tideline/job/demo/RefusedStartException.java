package dev.tideline.job.demo;

/** A demo that cannot start because of what was asked for; the message is one line for the person who asked. */
public final class RefusedStartException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedStartException(String message) {
        super(message);
    }
}

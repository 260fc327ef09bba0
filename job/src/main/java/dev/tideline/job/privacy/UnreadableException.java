package dev.tideline.job.privacy;

/** A wrapped key or a sealed text that does not open: another user's, another key's, cut, or changed. Holds nothing of it. */
public final class UnreadableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what) {
        super(what);
    }
}

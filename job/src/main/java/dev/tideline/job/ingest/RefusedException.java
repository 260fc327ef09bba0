package dev.tideline.job.ingest;

import dev.tideline.patterns.fact.DeadLetter.Reason;
import org.jspecify.annotations.Nullable;

/** Why a record may not come in. It never leaves the decoder, carries nothing of the value, and costs no stack trace. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final @Nullable String path;

    /**
     * @param path a JSON pointer; null where the record as a whole is meant
     * @param detail one sentence for a person
     */
    RefusedException(Reason reason, @Nullable String path, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.path = path;
    }

    Reason reason() {
        return reason;
    }

    @Nullable
    String path() {
        return path;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The same fault under another code, for channels that have but one. */
    RefusedException as(Reason other) {
        return new RefusedException(other, path, detail());
    }
}

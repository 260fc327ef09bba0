package dev.tideline.job.rules;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something about the rules' files.
 *
 * @param key {@code kind/id}, or {@code file/<name>} where no rule could be made out; empty for {@link Kind#HELLO}
 * @param json {@link Kind#DOCUMENT}: the document
 * @param place {@link Kind#DOCUMENT}: file, line and column where it begins
 * @param path {@link Kind#BROKEN}: where in the document, as a JSON pointer
 * @param reason {@link Kind#BROKEN}: what is wrong, each flaw with file, line and column
 * @param at when it was noticed
 */
public record RuleFileNews(
        Kind kind,
        String key,
        @Nullable String json,
        @Nullable String place,
        @Nullable String path,
        @Nullable String reason,
        Instant at)
        implements Serializable {

    /** What happened. */
    public enum Kind {
        /** The job has started; comes first, after every start. */
        HELLO,
        /** A document that is new, or says something new. */
        DOCUMENT,
        /** A document is not there any more. */
        GONE,
        /** What is there cannot be read. */
        BROKEN,
        /** A file that could not be read is good again, or gone. */
        MENDED
    }

    static RuleFileNews hello(Instant at) {
        return new RuleFileNews(Kind.HELLO, "", null, null, null, null, at);
    }

    static RuleFileNews document(String key, String json, String place, Instant at) {
        return new RuleFileNews(Kind.DOCUMENT, key, json, place, null, null, at);
    }

    static RuleFileNews gone(String key, Instant at) {
        return new RuleFileNews(Kind.GONE, key, null, null, null, null, at);
    }

    static RuleFileNews broken(String key, String path, String reason, Instant at) {
        return new RuleFileNews(Kind.BROKEN, key, null, null, path, reason, at);
    }

    static RuleFileNews mended(String key, Instant at) {
        return new RuleFileNews(Kind.MENDED, key, null, null, null, null, at);
    }
}

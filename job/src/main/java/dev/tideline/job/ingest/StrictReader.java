package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tideline.patterns.fact.DeadLetter.Reason;
import java.io.IOException;

/**
 * JSON, token by token, held to the form that every record must have: one object and nothing after it, no key twice at
 * any level, no NUL, no lone surrogate, no number out of range, at most {@link #DEEPEST} levels. The first fault in the
 * order of reading is the one that is reported. Reads without recursion. Confined to one thread; used again for the next
 * record by {@link #open}.
 */
final class StrictReader {
    /** Levels of nesting after which reading stops, wherever they are; a context has a limit of its own. */
    static final int DEEPEST = 1_000;

    /** Every number of so many digits fits 64 bits. */
    private static final int SURE_TO_FIT = 18;

    private static final String FORBIDDEN = "A NUL or half of a surrogate pair.";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final NamesByLevel names = new NamesByLevel();
    private JsonParser parser = over(new byte[0]);
    private int depth;

    /** Begins with the next record, and steps into its object. */
    void open(byte[] value) throws RefusedException {
        close();
        depth = 0;
        parser = over(value);
        if (next() != JsonToken.START_OBJECT) {
            throw new RefusedException(Reason.NOT_AN_OBJECT, null, "JSON, but not an object.");
        }
    }

    /** Sees to it that nothing but blanks follows the object, which has been read to its end. */
    @SuppressWarnings("EmptyCatch") // What follows is not even JSON: it is trailing content all the same.
    void end() throws RefusedException {
        try {
            if (parser.nextToken() == null) {
                return;
            }
        } catch (IOException | RuntimeException broken) {
            // Said below.
        }
        throw new RefusedException(Reason.TRAILING_CONTENT, null, "Something follows the object.");
    }

    /** Gives back the buffers; safe to call twice. */
    void close() {
        try {
            parser.close();
        } catch (IOException impossible) {
            throw new IllegalStateException("closing a parser over bytes in memory", impossible);
        }
    }

    /** The next token inside the object, checked. */
    JsonToken next() throws RefusedException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw notJson();
            }
            check(token);
            return token;
        } catch (IOException | RuntimeException broken) {
            throw isHalfPairInName(broken) ? halfPairInName() : notJson();
        }
    }

    /** Jackson looks at surrogates in names itself, and tells them from other faults by its words only. */
    private static boolean isHalfPairInName(Exception broken) {
        return String.valueOf(broken.getMessage()).contains("surrogate");
    }

    /** Reads on to the end of the value whose first token is the given one. */
    void skip(JsonToken first) throws RefusedException {
        if (first.isStructStart()) {
            int around = depth - 1;
            while (depth > around) {
                next();
            }
        }
    }

    /** How many objects and arrays are open; 1 inside the record's own object. */
    int depth() {
        return depth;
    }

    /** The name just read, or that of the value just read. */
    String name() throws RefusedException {
        try {
            return String.valueOf(parser.currentName());
        } catch (IOException broken) {
            throw notJson();
        }
    }

    /** The string just read, without escapes; of a number its literal. */
    String text() throws RefusedException {
        try {
            return parser.getText();
        } catch (IOException broken) {
            throw notJson();
        }
    }

    /** The number just read. */
    double number() throws RefusedException {
        try {
            return parser.getDoubleValue();
        } catch (IOException broken) {
            throw notJson();
        }
    }

    /** Writes the string just read as JSON. */
    void quoteTo(CompactJson out) throws RefusedException {
        try {
            out.quote(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException broken) {
            throw notJson();
        }
    }

    /** Writes the number just read by its literal. */
    void copyTo(StringBuilder out) throws RefusedException {
        try {
            out.append(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IOException broken) {
            throw notJson();
        }
    }

    /** The byte at which the token just read begins. */
    long tokenStart() {
        return parser.currentTokenLocation().getByteOffset();
    }

    /** The byte after what has been read. */
    long position() {
        return parser.currentLocation().getByteOffset();
    }

    private void check(JsonToken token) throws IOException, RefusedException {
        switch (token) {
            case FIELD_NAME -> checkName(parser.currentName());
            case VALUE_STRING -> checkString();
            case VALUE_NUMBER_INT -> checkWhole();
            case VALUE_NUMBER_FLOAT -> checkFraction();
            case START_OBJECT -> {
                descend();
                names.begin(depth);
            }
            case START_ARRAY -> descend();
            case END_OBJECT, END_ARRAY -> depth--;
            default -> {
                // true, false and null have nothing in them that could be wrong.
            }
        }
    }

    private void checkName(String name) throws RefusedException {
        if (!Characters.allowed(name)) {
            throw forbiddenCharacter();
        }
        if (!names.add(depth, name)) {
            throw refusal(Reason.DUPLICATE_KEY, "A key stands twice in the same object.");
        }
    }

    private void checkString() throws IOException, RefusedException {
        if (!Characters.allowed(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())) {
            throw forbiddenCharacter();
        }
    }

    private void checkWhole() throws IOException, RefusedException {
        if (parser.getTextLength() > SURE_TO_FIT && parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw refusal(Reason.BAD_VALUE, "A whole number beyond 64 bits.");
        }
    }

    private void checkFraction() throws IOException, RefusedException {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number) || Double.isNaN(number)) {
            throw refusal(Reason.BAD_VALUE, "A number too large for 64 bits of floating point.");
        }
        if (number == 0 && hasDigitAboveZero()) {
            throw refusal(Reason.BAD_VALUE, "A number too small for 64 bits of floating point.");
        }
    }

    private boolean hasDigitAboveZero() throws IOException {
        char[] characters = parser.getTextCharacters();
        int from = parser.getTextOffset();
        for (int at = from; at < from + parser.getTextLength(); at++) {
            char character = characters[at];
            if (character == 'e' || character == 'E') {
                return false;
            }
            if (character >= '1' && character <= '9') {
                return true;
            }
        }
        return false;
    }

    private void descend() throws RefusedException {
        if (++depth > DEEPEST) {
            throw refusal(Reason.TOO_DEEP, "More than " + DEEPEST + " levels of nesting.");
        }
    }

    private RefusedException forbiddenCharacter() {
        return refusal(Reason.FORBIDDEN_CHARACTER, FORBIDDEN);
    }

    /** Without a path: the name that Jackson knows is still the one before. */
    private static RefusedException halfPairInName() {
        return new RefusedException(Reason.FORBIDDEN_CHARACTER, null, FORBIDDEN);
    }

    private RefusedException refusal(Reason reason, String detail) {
        return new RefusedException(reason, SafePath.of(parser.getParsingContext()), detail);
    }

    private RefusedException notJson() {
        return new RefusedException(Reason.NOT_JSON, null, "Not JSON at byte " + position() + ".");
    }

    private static JsonParser over(byte[] value) {
        try {
            return JSON.createParser(value);
        } catch (IOException impossible) {
            throw new IllegalStateException("opening a parser over bytes in memory", impossible);
        }
    }
}

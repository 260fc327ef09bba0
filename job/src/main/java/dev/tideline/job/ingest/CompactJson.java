package dev.tideline.job.ingest;

import com.fasterxml.jackson.core.JsonToken;

/**
 * Writes the tokens of a reader as JSON without blanks: names in their order, numbers by their own literals, strings with
 * the escapes that they need and no others.
 */
final class CompactJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();

    void clear() {
        out.setLength(0);
    }

    int length() {
        return out.length();
    }

    /** The text under construction, to cut from or to replace in. */
    StringBuilder content() {
        return out;
    }

    /** Writes the token that the reader has just read. */
    void write(JsonToken token, StrictReader reader) throws RefusedException {
        if (token == JsonToken.END_OBJECT) {
            out.append('}');
            return;
        }
        if (token == JsonToken.END_ARRAY) {
            out.append(']');
            return;
        }
        separate();
        switch (token) {
            case START_OBJECT -> out.append('{');
            case START_ARRAY -> out.append('[');
            case FIELD_NAME -> {
                quote(reader.name());
                out.append(':');
            }
            case VALUE_STRING -> reader.quoteTo(this);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> reader.copyTo(out);
            case VALUE_TRUE -> out.append("true");
            case VALUE_FALSE -> out.append("false");
            case VALUE_NULL -> out.append("null");
            default -> throw new IllegalStateException("no token of JSON: " + token);
        }
    }

    /** A string ends in a quote, so that whatever else the text ends in tells where it stands. */
    private void separate() {
        if (!out.isEmpty()) {
            char last = out.charAt(out.length() - 1);
            if (last != '{' && last != '[' && last != ':') {
                out.append(',');
            }
        }
    }

    /** Where a name written now would begin. */
    int nextNameAt() {
        return out.charAt(out.length() - 1) == '{' ? out.length() : out.length() + 1;
    }

    void quote(String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            escape(text.charAt(at));
        }
        out.append('"');
    }

    void quote(char[] characters, int offset, int length) {
        out.append('"');
        int end = offset + length;
        int plain = offset;
        for (int at = offset; at < end; at++) {
            if (needsEscape(characters[at])) {
                out.append(characters, plain, at - plain);
                escape(characters[at]);
                plain = at + 1;
            }
        }
        out.append(characters, plain, end - plain);
        out.append('"');
    }

    private static boolean needsEscape(char character) {
        return character < ' ' || character == '"' || character == '\\';
    }

    private void escape(char character) {
        if (character == '"' || character == '\\') {
            out.append('\\').append(character);
        } else if (character == '\n') {
            out.append("\\n");
        } else if (character < ' ') {
            out.append("\\u00").append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 0xF));
        } else {
            out.append(character);
        }
    }
}

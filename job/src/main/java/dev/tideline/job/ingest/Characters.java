package dev.tideline.job.ingest;

/** Which characters a name or a string may hold, however they were escaped: no NUL, and no half of a surrogate pair. */
final class Characters {
    private Characters() {}

    static boolean allowed(char[] characters, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            char character = characters[at];
            if (character == 0) {
                return false;
            }
            if (Character.isSurrogate(character)) {
                if (!isPair(characters, at, end)) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    static boolean allowed(String name) {
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            if (character == 0 || Character.isSurrogate(character)) {
                return allowed(name.toCharArray(), 0, name.length());
            }
        }
        return true;
    }

    private static boolean isPair(char[] characters, int at, int end) {
        return Character.isHighSurrogate(characters[at])
                && at + 1 < end
                && Character.isLowSurrogate(characters[at + 1]);
    }
}
